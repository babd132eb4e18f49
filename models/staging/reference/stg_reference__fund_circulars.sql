with source as (

    select * from {{ source('reference', 'fund_circulars') }}

),

renamed as (

    select
        trim(circular) as circular,
        cast(fiscal_year as integer) as fiscal_year,
        trim(circular_name) as circular_name,
        cast(payment_factor as decimal(6, 3)) as payment_factor,
        trim(contents) as contents,
        trim(evidence) as evidence,
        trim(source) as source,
        cast(row_number() over () + 1 as integer) as seed_line
    from source

)

select * from renamed
