with source as (

    select * from {{ source('benchmarks', 'price_index') }}

),

renamed as (

    select
        cast(year as integer) as price_year,
        cast(price_index as decimal(18, 2)) as price_index,
        cast(base_year as integer) as base_year,
        trim(status) as status,
        trim(cbs_table) as cbs_table,
        trim(source) as source,
        cast(row_number() over () + 1 as integer) as seed_line
    from source

)

select * from renamed
