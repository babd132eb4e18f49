with source as (

    select * from {{ source('reference', 'prose_identity_terms') }}

),

renamed as (

    select
        trim(identity_code) as identity_code,
        cast(term_no as integer) as term_no,
        trim(side) as side,
        cast(factor as decimal(18, 6)) as factor,
        trim(source_kind) as source_kind,
        trim(source_key) as source_key,
        cast(counted_value as decimal(18, 3)) as counted_value,
        trim(counted_lines) as counted_lines,
        cast(row_number() over () + 1 as integer) as seed_line
    from source

)

select * from renamed
