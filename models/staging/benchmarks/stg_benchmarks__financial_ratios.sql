with source as (

    select * from {{ source('benchmarks', 'financial_ratios') }}

),

renamed as (

    select
        trim(municipality_code) as municipality_code,
        cast(budget_year as integer) as budget_year,
        trim(ratio_code) as ratio_code,
        cast(figure_year as integer) as figure_year,
        trim(figure_kind) as figure_kind,
        cast(value as decimal(18, 6)) as value,
        trim(value_text) as value_text,
        trim(value_status) as value_status,
        trim(source) as source,
        trim(status_reason) as status_reason,
        cast(row_number() over () + 1 as integer) as seed_line
    from source

)

select * from renamed
