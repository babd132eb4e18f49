with source as (

    select * from {{ source('cbs', 'youth_care') }}

),

renamed as (

    select
        trim(region_code) as municipality_code,
        trim(period) as period,
        trim(care_form_code) as care_form_code,
        cast(nullif(trim(youths), '.') as integer) as youths,
        _table as source_table,
        _delivery as source_delivery
    from source

)

select * from renamed
