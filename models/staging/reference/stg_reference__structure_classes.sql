with source as (

    select * from {{ source('reference', 'structure_classes') }}

),

renamed as (

    select
        trim(municipality_code) as municipality_code,
        cast(division_year as integer) as division_year,
        trim(social_structure) as social_structure,
        trim(centre_function) as centre_function,
        trim(source) as source,
        cast(row_number() over () + 1 as integer) as seed_line
    from source

)

select * from renamed
