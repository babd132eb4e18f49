with source as (

    select * from {{ source('cbs', 'iv3_reports') }}

),

renamed as (

    select
        cast(_year as integer) as fiscal_year,
        right(trim(code), 4) as report_suffix,
        trim(title) as report_title,
        _table as source_table,
        _delivery as source_delivery
    from source

)

select * from renamed
