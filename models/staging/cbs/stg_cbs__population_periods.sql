with source as (

    select * from {{ source('cbs', 'population_periods') }}

),

renamed as (

    select
        trim(code) as period,
        trim(title) as period_title,
        trim(status) as period_status,
        _table as source_table,
        _delivery as source_delivery
    from source

)

select * from renamed
