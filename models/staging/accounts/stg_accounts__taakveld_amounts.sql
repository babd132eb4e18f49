with source as (

    select * from {{ source('accounts', 'taakveld_amounts') }}

),

renamed as (

    select
        trim(municipality_code) as municipality_code,
        cast(fiscal_year as integer) as fiscal_year,
        trim(report) as report,
        trim(taakveld_code) as taakveld_code,
        cast(expenses_keur as decimal(18, 3)) as expenses_keur,
        cast(revenue_keur as decimal(18, 3)) as revenue_keur,
        trim(value_status) as value_status,
        trim(source_document) as source_document,
        cast(source_line as integer) as source_line,
        cast(row_number() over () + 1 as integer) as seed_line
    from source

)

select * from renamed
