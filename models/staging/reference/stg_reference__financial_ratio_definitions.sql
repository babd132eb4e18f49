with source as (

    select * from {{ source('reference', 'financial_ratio_definitions') }}

),

renamed as (

    select
        trim(ratio_code) as ratio_code,
        trim(ratio_name) as ratio_name,
        trim(unit) as unit,
        trim(direction) as direction,
        trim(direction_basis) as direction_basis,
        cast(plausible_from as decimal(18, 6)) as plausible_from,
        cast(plausible_to as decimal(18, 6)) as plausible_to,
        trim(definition) as definition,
        trim(source) as source,
        cast(row_number() over () + 1 as integer) as seed_line
    from source

)

select * from renamed
