-- The newest name and place of each taakveld: one row per code, to join spending of any year.
with

taakvelden as (

    select * from {{ ref('dim_taakveld') }}

)

select
    taakveld_code,
    taakveld_name,
    main_taakveld_code,
    main_taakveld_name,
    cluster_code,
    cluster_name,
    valid_from,
    valid_to,
    source
from taakvelden
qualify row_number() over (partition by taakveld_code order by valid_from desc) = 1
order by taakveld_code
