select
    municipality_code,
    fiscal_year,
    feature,
    standard_score as value,
    theme,
    weight
from marts.neighbour_features
where fiscal_year = $fiscal_year and standard_score is not null
order by municipality_code, feature
