with source as (

    select * from {{ source('reference', 'municipalities') }}

),

renamed as (

    select
        trim(municipality_code) as municipality_code,
        trim(municipality_name) as municipality_name,
        trim(province_code) as province_code,
        cast(valid_from as date) as valid_from,
        cast(valid_to as date) as valid_to,
        trim(source) as source
    from source

)

select * from renamed
