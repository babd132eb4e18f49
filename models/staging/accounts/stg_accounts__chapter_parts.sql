with source as (

    select * from {{ source('accounts', 'chapter_parts') }}

),

renamed as (

    select
        trim(municipality_code) as municipality_code,
        cast(fiscal_year as integer) as fiscal_year,
        trim(programme_code) as programme_code,
        trim(part) as part,
        cast(rows_n as integer) as rows_n,
        trim(value_status) as value_status,
        trim(status_reason) as status_reason,
        trim(source_document) as source_document,
        cast(source_line as integer) as source_line,
        cast(row_number() over () + 1 as integer) as seed_line
    from source

)

select * from renamed
