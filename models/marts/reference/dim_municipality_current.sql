-- The newest name and province of each municipality, ended ones included: one row per code, to join
-- figures of any year.
with

municipalities as (

    select * from {{ ref('dim_municipality') }}

)

select
    municipality_code,
    municipality_name,
    province_code,
    province_name,
    valid_from,
    valid_to,
    source
from municipalities
qualify row_number() over (partition by municipality_code order by valid_from desc) = 1
order by municipality_code
