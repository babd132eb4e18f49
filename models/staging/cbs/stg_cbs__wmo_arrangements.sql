with source as (

    select * from {{ source('cbs', 'wmo_arrangements') }}

),

renamed as (

    select
        trim(code) as arrangement_code,
        trim(title) as arrangement_title,
        _table as source_table,
        _delivery as source_delivery
    from source

)

select * from renamed
