with source as (

    select * from {{ source('benchmarks', 'population') }}

),

renamed as (

    select
        municipality_code,
        cast(reference_date as date) as reference_date,
        cast(inhabitants as integer) as inhabitants,
        cast(rounded_to as integer) as rounded_to,
        source,
        cast(file_row_number + 1 as integer) as seed_line
    from source

)

select * from renamed
