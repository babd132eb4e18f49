select *
from marts.goal_tree
order by municipality_code, fiscal_year, programme_code, sort_order
