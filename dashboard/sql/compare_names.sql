select
    municipality_code,
    municipality_name,
    valid_to
from marts.dim_municipality_current
order by municipality_code
