with source as (

    select * from {{ source('benchmarks', 'iv3_balance') }}

),

renamed as (

    select
        municipality_code,
        cast(fiscal_year as integer) as fiscal_year,
        post_group,
        cast(amount_keur as decimal(18, 3)) as amount_keur,
        cbs_table,
        cbs_period,
        cast(file_row_number + 1 as integer) as seed_line
    from source

)

select * from renamed
