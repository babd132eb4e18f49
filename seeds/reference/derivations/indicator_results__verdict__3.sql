select
    municipality_code,
    fiscal_year,
    programme_code,
    indicator_code,
    verdict as value,
    theme_code,
    objective_code_printed,
    objective_code_via_theme,
    products
from marts.indicator_results
where
    municipality_code = $municipality_code
    and fiscal_year = $fiscal_year
    and programme_code = $programme_code
    and indicator_kind = 'own'
order by indicator_code
