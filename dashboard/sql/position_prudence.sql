select
    municipality_code,
    fiscal_year,
    budgeted_balance_keur,
    realised_balance_keur,
    difference_keur,
    years_n,
    years_better_n,
    value_status
from marts.budget_prudence
order by municipality_code, fiscal_year
