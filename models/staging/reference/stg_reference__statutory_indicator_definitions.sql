with source as (

    select * from {{ source('reference', 'statutory_indicator_definitions') }}

),

renamed as (

    select
        trim(indicator_code) as indicator_code,
        trim(indicator_name) as indicator_name,
        trim(direction) as direction,
        trim(direction_basis) as direction_basis,
        trim(source) as source,
        cast(row_number() over () + 1 as integer) as seed_line
    from source

)

select * from renamed
