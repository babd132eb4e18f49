with source as (

    select * from {{ source('cbs', 'iv3_regions') }}

),

renamed as (

    select
        cast(_year as integer) as fiscal_year,
        trim(code) as municipality_code,
        trim(title) as municipality_name,
        _table as source_table,
        _delivery as source_delivery
    from source

)

select * from renamed
