with source as (

    select * from {{ source('reference', 'prose_identities') }}

),

renamed as (

    select
        trim(identity_code) as identity_code,
        trim(municipality_code) as municipality_code,
        cast(fiscal_year as integer) as fiscal_year,
        trim(programme_code) as programme_code,
        trim(subject) as subject,
        trim(relation) as relation,
        trim(unit) as unit,
        trim(stated_lines) as stated_lines
    from source

)

select * from renamed
