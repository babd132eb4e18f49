with source as (

    select * from {{ source('benchmarks', 'fund_totals') }}

),

renamed as (

    select
        cast(fiscal_year as integer) as fiscal_year,
        trim(circular) as circular,
        trim(fund_cluster_code) as fund_cluster_code,
        cast(amount_eur as decimal(18, 2)) as amount_eur,
        trim(source) as source,
        cast(row_number() over () + 1 as integer) as seed_line
    from source

)

select * from renamed
