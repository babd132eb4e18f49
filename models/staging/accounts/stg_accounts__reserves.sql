with source as (

    select * from {{ source('accounts', 'reserves') }}

),

renamed as (

    select
        trim(municipality_code) as municipality_code,
        cast(fiscal_year as integer) as fiscal_year,
        trim(programme_code) as programme_code,
        trim(reserve_name) as reserve_name,
        cast(opening_keur as decimal(18, 3)) as opening_keur,
        cast(interest_keur as decimal(18, 3)) as interest_keur,
        cast(added_keur as decimal(18, 3)) as added_keur,
        cast(withdrawn_keur as decimal(18, 3)) as withdrawn_keur,
        cast(closing_keur as decimal(18, 3)) as closing_keur,
        trim(value_status) as value_status,
        trim(source_document) as source_document,
        cast(source_line as integer) as source_line,
        cast(row_number() over () + 1 as integer) as seed_line
    from source

)

select * from renamed
