select
    municipality_code,
    valid_from,
    municipality_code as value
from marts.dim_municipality
where
    municipality_code = $municipality_code
    and make_date($from_year, 1, 1) between valid_from and coalesce(valid_to, date '9999-12-31')
