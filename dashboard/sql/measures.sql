select
    indicator_code,
    indicator_name,
    indicator_kind,
    unit
from marts.dim_indicator
order by indicator_name, indicator_code
