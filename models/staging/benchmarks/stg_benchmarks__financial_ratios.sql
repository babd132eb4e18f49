with source as (

    select * from {{ source('benchmarks', 'financial_ratios') }}

),

renamed as (

    select
        municipality_code,
        cast(budget_year as integer) as budget_year,
        ratio_code,
        cast(figure_year as integer) as figure_year,
        figure_kind,
        cast(value as decimal(18, 6)) as value,
        value_text,
        value_status,
        source,
        status_reason,
        cast(file_row_number + 1 as integer) as seed_line
    from source

)

select * from renamed
