select
    municipality_code,
    municipality_name,
    province_name,
    valid_from,
    valid_to,
    also_called
from marts.dim_municipality_current
order by municipality_name, municipality_code
