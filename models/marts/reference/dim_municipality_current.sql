with

municipalities as (

    select * from {{ ref('int_municipalities__newest') }}

),

provinces as (

    select * from {{ ref('stg_reference__provinces') }}

),

aliases as (

    select * from {{ ref('stg_reference__municipality_aliases') }}

)

select
    municipalities.municipality_code,
    municipalities.municipality_name,
    municipalities.province_code,
    provinces.province_name,
    municipalities.valid_from,
    municipalities.valid_to,
    municipalities.source,
    aliases.also_called
from municipalities
left join provinces on municipalities.province_code = provinces.province_code
left join aliases on municipalities.municipality_code = aliases.municipality_code
order by municipalities.municipality_code
