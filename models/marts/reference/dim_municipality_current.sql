with

municipalities as (

    select * from {{ ref('int_municipalities__newest') }}

),

provinces as (

    select * from {{ ref('stg_reference__provinces') }}

)

select
    municipalities.municipality_code,
    municipalities.municipality_name,
    municipalities.province_code,
    provinces.province_name,
    municipalities.valid_from,
    municipalities.valid_to,
    municipalities.source
from municipalities
left join provinces on municipalities.province_code = provinces.province_code
order by municipalities.municipality_code
