with source as (

    select * from {{ source('benchmarks', 'iv3_amounts') }}

),

renamed as (

    select
        municipality_code,
        cast(fiscal_year as integer) as fiscal_year,
        report,
        taakveld_code,
        level,
        cast(expenses_keur as decimal(18, 3)) as expenses_keur,
        cast(revenue_keur as decimal(18, 3)) as revenue_keur,
        value_status,
        revenue_status,
        cbs_table,
        cbs_period,
        cast(file_row_number + 1 as integer) as seed_line
    from source

)

select * from renamed
