select
    municipality_code,
    fiscal_year,
    programme_code,
    action_code,
    carried_over as value
from marts.action_points
where
    municipality_code = $municipality_code
    and fiscal_year = $fiscal_year
    and programme_code = $programme_code
order by action_code
