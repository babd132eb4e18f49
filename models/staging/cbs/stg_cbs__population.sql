with source as (

    select * from {{ source('cbs', 'population') }}

),

renamed as (

    select
        trim(region_code) as municipality_code,
        trim(period) as period,
        cast(nullif(trim(inhabitants), '.') as integer) as inhabitants,
        _table as source_table,
        _delivery as source_delivery,
        _file as source_file,
        _line as source_line
    from source

)

select * from renamed
