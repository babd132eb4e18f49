with source as (

    select * from {{ source('cbs', 'cpi') }}

),

renamed as (

    select
        trim(category_code) as category_code,
        trim(period) as period,
        cast(nullif(trim(price_index), '.') as decimal(18, 2)) as price_index,
        _table as source_table,
        _delivery as source_delivery,
        _file as source_file,
        _line as source_line
    from source

)

select * from renamed
