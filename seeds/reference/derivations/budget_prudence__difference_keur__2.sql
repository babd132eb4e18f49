select
    municipality_code,
    fiscal_year,
    difference_keur as value
from marts.budget_prudence
where municipality_code = $municipality_code and difference_keur is not null
order by fiscal_year
