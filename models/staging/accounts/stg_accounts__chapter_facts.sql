with source as (

    select * from {{ source('accounts', 'chapter_facts') }}

),

renamed as (

    select
        trim(municipality_code) as municipality_code,
        cast(fiscal_year as integer) as fiscal_year,
        trim(programme_code) as programme_code,
        cast(fact_no as integer) as fact_no,
        trim(kind) as kind,
        trim(code) as code,
        cast(part_of_fact_no as integer) as part_of_fact_no,
        trim(title) as title,
        trim(party_role) as party_role,
        trim(objective_code) as objective_code,
        trim(products) as products,
        cast(value as decimal(18, 3)) as value,
        trim(unit) as unit,
        cast(rounded_to as decimal(18, 3)) as rounded_to,
        trim(hedge) as hedge,
        trim(value_text) as value_text,
        cast(reference_year as integer) as reference_year,
        cast(reference_from as date) as reference_from,
        cast(reference_to as date) as reference_to,
        trim(value_status) as value_status,
        trim(source_document) as source_document,
        cast(source_line as integer) as source_line,
        cast(row_number() over () + 1 as integer) as seed_line
    from source

)

select * from renamed
