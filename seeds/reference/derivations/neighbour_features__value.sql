select
    municipality_code,
    fiscal_year,
    feature,
    value
from marts.neighbour_features
where fiscal_year = $fiscal_year and feature = $feature and standard_score is not null
order by municipality_code
