with source as (

    select * from {{ source('accounts', 'programmes') }}

),

renamed as (

    select
        trim(municipality_code) as municipality_code,
        cast(fiscal_year as integer) as fiscal_year,
        trim(programme_code) as programme_code,
        trim(programme_name) as programme_name,
        trim(portfolio_holder) as portfolio_holder,
        trim(document_type) as document_type,
        trim(document_status) as document_status,
        trim(value_status) as value_status,
        trim(status_reason) as status_reason,
        trim(source_document) as source_document,
        cast(source_line as integer) as source_line,
        cast(row_number() over () + 1 as integer) as seed_line
    from source

)

select * from renamed
