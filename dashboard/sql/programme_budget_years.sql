select *
from marts.programme_budget_years
order by municipality_code, fiscal_year, programme_code, is_total desc, amount_year, phase, flow
