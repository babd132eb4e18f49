with source as (

    select * from {{ source('accounts', 'forecasts') }}

),

renamed as (

    select
        trim(municipality_code) as municipality_code,
        cast(fiscal_year as integer) as fiscal_year,
        trim(programme_code) as programme_code,
        trim(stage) as stage,
        trim(line_item) as line_item,
        cast(forecast_keur as decimal(18, 3)) as forecast_keur,
        trim(forecast_text) as forecast_text,
        cast(rounded_to_keur as decimal(18, 3)) as rounded_to_keur,
        trim(hedge) as hedge,
        trim(budget_basis) as budget_basis,
        cast(budget_added_keur as decimal(18, 3)) as budget_added_keur,
        trim(basis) as basis,
        trim(value_status) as value_status,
        trim(source_document) as source_document,
        cast(source_line as integer) as source_line,
        cast(row_number() over () + 1 as integer) as seed_line
    from source

)

select * from renamed
