with

municipalities as (

    select * from {{ ref('stg_reference__municipalities') }}

)

select
    municipality_code,
    valid_from,
    valid_to,
    municipality_name,
    province_code,
    source
from municipalities
order by municipality_code, valid_from
