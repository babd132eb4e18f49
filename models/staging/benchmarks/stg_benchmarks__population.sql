with source as (

    select * from {{ source('benchmarks', 'population') }}

),

renamed as (

    select
        trim(municipality_code) as municipality_code,
        cast(reference_date as date) as reference_date,
        cast(inhabitants as integer) as inhabitants,
        cast(rounded_to as integer) as rounded_to,
        trim(source) as source,
        cast(row_number() over () + 1 as integer) as seed_line
    from source

)

select * from renamed
