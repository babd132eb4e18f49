select
    municipality_code,
    fiscal_year,
    programme_code,
    indicator_code,
    verdict as value
from marts.indicator_results
where
    municipality_code = $municipality_code
    and fiscal_year = $fiscal_year
    and programme_code = $programme_code
    and indicator_kind = 'statutory'
order by indicator_code
