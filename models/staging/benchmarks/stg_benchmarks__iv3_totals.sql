with source as (

    select * from {{ source('benchmarks', 'iv3_totals') }}

),

renamed as (

    select
        trim(municipality_code) as municipality_code,
        cast(fiscal_year as integer) as fiscal_year,
        trim(report) as report,
        cast(expenses_keur as decimal(18, 3)) as expenses_keur,
        cast(revenue_keur as decimal(18, 3)) as revenue_keur,
        trim(value_status) as value_status,
        trim(cbs_table) as cbs_table,
        trim(cbs_period) as cbs_period,
        cast(row_number() over () + 1 as integer) as seed_line
    from source

)

select * from renamed
