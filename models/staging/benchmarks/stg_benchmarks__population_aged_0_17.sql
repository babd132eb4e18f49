with source as (

    select * from {{ source('benchmarks', 'population_aged_0_17') }}

),

renamed as (

    select
        trim(municipality_code) as municipality_code,
        cast(reference_date as date) as reference_date,
        cast(inhabitants_aged_0_17 as integer) as inhabitants_aged_0_17,
        trim(value_status) as value_status,
        trim(source) as source,
        cast(row_number() over () + 1 as integer) as seed_line
    from source

)

select * from renamed
