with source as (

    select * from {{ source('exceptions', 'reconciliation_judgements') }}

),

renamed as (

    select
        trim(identity) as identity,
        trim(municipality_code) as municipality_code,
        cast(fiscal_year as integer) as fiscal_year,
        trim(programme_code) as programme_code,
        trim(subject) as subject,
        trim(phase) as phase,
        cast(expected_difference as decimal(18, 3)) as expected_difference,
        trim(status) as status,
        trim(explanation) as explanation,
        cast(since as date) as since,
        trim(municipality_response) as municipality_response
    from source

)

select * from renamed
