with source as (

    select * from {{ source('accounts', 'documents') }}

),

renamed as (

    select
        trim(municipality_code) as municipality_code,
        cast(fiscal_year as integer) as fiscal_year,
        trim(programme_code) as programme_code,
        trim(name) as name,
        trim(title) as title,
        trim(address) as address,
        trim(sha256) as sha256,
        cast(line_count as integer) as line_count,
        trim(source_document) as source_document,
        cast(source_line as integer) as source_line,
        cast(row_number() over () + 1 as integer) as seed_line
    from source

)

select * from renamed
