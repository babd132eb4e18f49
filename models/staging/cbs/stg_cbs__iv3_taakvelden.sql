with source as (

    select * from {{ source('cbs', 'iv3_taakvelden') }}

),

renamed as (

    select
        cast(_year as integer) as fiscal_year,
        trim(code) as taakveld_code,
        trim(title) as taakveld_title,
        _table as source_table,
        _delivery as source_delivery
    from source

)

select * from renamed
