with source as (

    select * from {{ source('benchmarks', 'fund_allocation') }}

),

renamed as (

    select
        municipality_code,
        cast(fiscal_year as integer) as fiscal_year,
        circular,
        fund_cluster_code,
        cast(amount_eur as decimal(18, 2)) as amount_eur,
        cast(file_row_number + 1 as integer) as seed_line
    from source

)

select * from renamed
