select
    municipality_code,
    fiscal_year,
    programme_code,
    net_cost_after_reserves_original_budget_keur as value
from marts.programme_results
where
    municipality_code = $municipality_code
    and fiscal_year = $fiscal_year
    and programme_code = $programme_code
