with source as (

    select * from {{ source('accounts', 'accounts_acceptances') }}

),

renamed as (

    select
        trim(municipality_code) as municipality_code,
        cast(fiscal_year as integer) as fiscal_year,
        trim(programme_code) as programme_code,
        trim(name) as name,
        trim(review_status) as review_status,
        trim(accepted_by) as accepted_by,
        cast(accepted_on as date) as accepted_on,
        trim(contradictions) as contradictions,
        trim(page_lines) as page_lines
    from source

)

select * from renamed
