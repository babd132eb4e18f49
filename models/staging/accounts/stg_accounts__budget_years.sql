with source as (

    select * from {{ source('accounts', 'budget_years') }}

),

renamed as (

    select
        trim(municipality_code) as municipality_code,
        cast(fiscal_year as integer) as fiscal_year,
        trim(programme_code) as programme_code,
        trim(line_item) as line_item,
        trim(flow) as flow,
        cast(is_total as boolean) as is_total,
        cast(amount_year as integer) as amount_year,
        trim(phase) as phase,
        trim(phase_basis) as phase_basis,
        cast(amount_keur as decimal(18, 3)) as amount_keur,
        trim(value_status) as value_status,
        trim(source_document) as source_document,
        cast(source_line as integer) as source_line,
        cast(row_number() over () + 1 as integer) as seed_line
    from source

)

select * from renamed
