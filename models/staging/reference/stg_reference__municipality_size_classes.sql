with source as (

    select * from {{ source('reference', 'municipality_size_classes') }}

),

renamed as (

    select
        trim(boundary) as boundary,
        trim(municipality_code) as municipality_code,
        cast(valid_from_year as integer) as valid_from_year,
        cast(valid_to_year as integer) as valid_to_year,
        trim(size_class) as size_class,
        trim(source) as source
    from source

)

select * from renamed
