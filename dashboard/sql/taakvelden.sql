select
    taakveld_code,
    taakveld_name,
    main_taakveld_code,
    main_taakveld_name,
    cluster_code,
    cluster_name,
    valid_from,
    valid_to
from marts.dim_taakveld
order by main_taakveld_code, taakveld_code, valid_from
