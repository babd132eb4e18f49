with source as (

    select * from {{ source('cbs', 'youth_care_forms') }}

),

renamed as (

    select
        trim(code) as care_form_code,
        trim(title) as care_form_title,
        _table as source_table,
        _delivery as source_delivery
    from source

)

select * from renamed
