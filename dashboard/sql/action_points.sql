select *
from marts.action_points
order by municipality_code, fiscal_year, programme_code, source_line, action_code
