select
    municipality_code,
    fiscal_year,
    feature,
    standard_score as value,
    theme,
    weight
from marts.neighbour_features
where fiscal_year = $fiscal_year and municipality_code = $municipality_code
order by feature
