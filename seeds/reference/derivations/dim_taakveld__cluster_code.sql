select
    taakveld_code,
    valid_from,
    cluster_code as value
from marts.dim_taakveld
where
    taakveld_code = $taakveld_code
    and $fiscal_year between year(valid_from) and coalesce(year(valid_to), 9999)
