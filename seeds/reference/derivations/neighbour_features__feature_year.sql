select
    municipality_code,
    fiscal_year,
    feature,
    feature_year as value
from marts.neighbour_features
where fiscal_year = $fiscal_year and municipality_code = $municipality_code and theme = 'benefits'
