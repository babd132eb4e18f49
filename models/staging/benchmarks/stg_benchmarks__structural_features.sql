with source as (

    select * from {{ source('benchmarks', 'structural_features') }}

),

renamed as (

    select
        trim(municipality_code) as municipality_code,
        trim(feature) as feature,
        cast(period as integer) as reference_year,
        cast(value as decimal(18, 3)) as value,
        trim(value_text) as value_text,
        trim(unit) as unit,
        cast(rounded_to as decimal(18, 3)) as rounded_to,
        trim(source) as source,
        trim(cbs_table) as cbs_table,
        cast(row_number() over () + 1 as integer) as seed_line
    from source

)

select * from renamed
