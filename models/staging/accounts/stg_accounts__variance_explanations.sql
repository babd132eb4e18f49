with source as (

    select * from {{ source('accounts', 'variance_explanations') }}

),

renamed as (

    select
        trim(municipality_code) as municipality_code,
        cast(fiscal_year as integer) as fiscal_year,
        trim(programme_code) as programme_code,
        cast(explanation_no as integer) as explanation_no,
        trim(role) as role,
        cast(parent_explanation_no as integer) as parent_explanation_no,
        trim(subject) as subject,
        cast(amount_keur as decimal(18, 3)) as amount_keur,
        trim(amount_text) as amount_text,
        cast(rounded_to_keur as decimal(18, 3)) as rounded_to_keur,
        trim(hedge) as hedge,
        trim(nature) as nature,
        trim(reason) as reason,
        trim(line_item) as line_item,
        trim(flows) as flows,
        trim(value_status) as value_status,
        trim(source_document) as source_document,
        cast(source_line as integer) as source_line,
        cast(row_number() over () + 1 as integer) as seed_line
    from source

)

select * from renamed
