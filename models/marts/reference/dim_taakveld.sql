with

taakvelden as (

    select * from {{ ref('stg_reference__taakvelden') }}

)

select
    taakveld_code,
    make_date(valid_from_year, 1, 1) as valid_from,
    make_date(valid_to_year, 12, 31) as valid_to,
    taakveld_name,
    main_taakveld_code,
    main_taakveld_name,
    cluster_code,
    cluster_name,
    source
from taakvelden
order by taakveld_code, valid_from
