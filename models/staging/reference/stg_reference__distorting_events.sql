with source as (

    select * from {{ source('reference', 'distorting_events') }}

),

renamed as (

    select
        trim(event_code) as event_code,
        trim(event_name) as event_name,
        trim(taakveld_code) as taakveld_code,
        cast(valid_from_year as integer) as valid_from_year,
        cast(valid_to_year as integer) as valid_to_year,
        cast(first_budget_year as integer) as first_budget_year,
        trim(effect) as effect,
        trim(source) as source
    from source

)

select * from renamed
