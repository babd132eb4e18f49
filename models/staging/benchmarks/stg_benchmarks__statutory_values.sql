with source as (

    select * from {{ source('benchmarks', 'statutory_values') }}

),

renamed as (

    select
        trim(area_name) as area_name,
        trim(indicator_code) as indicator_code,
        cast(fiscal_year as integer) as fiscal_year,
        trim(kind) as kind,
        trim(published_name) as published_name,
        trim(address) as address,
        trim(area_code) as area_code,
        trim(value_text) as value_text,
        cast(value as decimal(18, 3)) as value,
        trim(unit) as unit,
        trim(value_status) as value_status,
        trim(status_reason) as status_reason,
        cast(row_number() over () + 1 as integer) as seed_line
    from source

)

select * from renamed
