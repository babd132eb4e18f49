-- One row per municipality code, ended ones included: its newest name and province.
with

municipalities as (

    select * from {{ ref('stg_reference__municipalities') }}

)

select
    municipality_code,
    municipality_name,
    province_code,
    valid_from,
    valid_to,
    source
from municipalities
qualify row_number() over (partition by municipality_code order by valid_from desc) = 1
