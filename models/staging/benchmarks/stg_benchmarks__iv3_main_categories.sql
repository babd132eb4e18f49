with source as (

    select * from {{ source('benchmarks', 'iv3_main_categories') }}

),

renamed as (

    select
        municipality_code,
        cast(fiscal_year as integer) as fiscal_year,
        report,
        main_taakveld_code,
        main_category_code,
        cast(expenses_keur as decimal(18, 3)) as expenses_keur,
        value_status,
        cbs_table,
        cbs_period,
        cast(file_row_number + 1 as integer) as seed_line
    from source

)

select * from renamed
