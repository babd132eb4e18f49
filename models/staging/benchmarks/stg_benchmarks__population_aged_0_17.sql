with source as (

    select * from {{ source('benchmarks', 'population_aged_0_17') }}

),

renamed as (

    select
        municipality_code,
        cast(reference_date as date) as reference_date,
        cast(inhabitants_aged_0_17 as integer) as inhabitants_aged_0_17,
        value_status,
        source,
        cast(file_row_number + 1 as integer) as seed_line
    from source

)

select * from renamed
