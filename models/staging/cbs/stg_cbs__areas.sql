with source as (

    select * from {{ source('cbs', 'areas') }}

),

renamed as (

    select
        cast(_year as integer) as valid_year,
        trim(region_code) as municipality_code,
        trim(province_code) as province_code,
        trim(province_name) as province_name,
        _table as source_table,
        _delivery as source_delivery
    from source

)

select * from renamed
