with source as (

    select * from {{ source('benchmarks', 'iv3_balance') }}

),

renamed as (

    select
        trim(municipality_code) as municipality_code,
        cast(fiscal_year as integer) as fiscal_year,
        trim(post_group) as post_group,
        cast(amount_keur as decimal(18, 3)) as amount_keur,
        trim(cbs_table) as cbs_table,
        trim(cbs_period) as cbs_period,
        cast(row_number() over () + 1 as integer) as seed_line
    from source

)

select * from renamed
