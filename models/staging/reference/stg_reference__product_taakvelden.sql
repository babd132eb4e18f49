with source as (

    select * from {{ source('reference', 'product_taakvelden') }}

),

renamed as (

    select
        trim(municipality_code) as municipality_code,
        cast(fiscal_year as integer) as fiscal_year,
        trim(programme_code) as programme_code,
        trim(product_name) as product_name,
        trim(taakveld_code) as taakveld_code,
        cast(weight as decimal(18, 6)) as weight,
        trim(weight_basis) as weight_basis,
        cast(weight_fitted_on_iv3 as boolean) as weight_fitted_on_iv3,
        trim(explanation) as explanation,
        trim(source) as source,
        cast(row_number() over () + 1 as integer) as seed_line
    from source

)

select * from renamed
