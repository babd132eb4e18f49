with source as (

    select * from {{ source('reference', 'statutory_units') }}

),

renamed as (

    select
        trim(indicator_code) as indicator_code,
        trim(unit_printed) as unit_printed,
        trim(reference_unit) as reference_unit,
        cast(factor as decimal(18, 3)) as factor,
        trim(comparability) as comparability,
        trim(reason) as reason,
        cast(row_number() over () + 1 as integer) as seed_line
    from source

)

select * from renamed
