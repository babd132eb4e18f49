with source as (

    select * from {{ source('accounts', 'own_documents') }}

),

renamed as (

    select
        trim(municipality_code) as municipality_code,
        cast(fiscal_year as integer) as fiscal_year,
        trim(name) as name,
        trim(sha256) as sha256,
        cast(line_count as integer) as line_count,
        trim(accepted_by) as accepted_by,
        cast(accepted_on as date) as accepted_on
    from source

)

select * from renamed
