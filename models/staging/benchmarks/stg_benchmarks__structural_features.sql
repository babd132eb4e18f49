with source as (

    select * from {{ source('benchmarks', 'structural_features') }}

),

renamed as (

    select
        municipality_code,
        feature,
        cast(period as integer) as reference_year,
        cast(value as decimal(18, 3)) as value,
        value_text,
        unit,
        cast(rounded_to as decimal(18, 3)) as rounded_to,
        source,
        cbs_table,
        cast(file_row_number + 1 as integer) as seed_line
    from source

)

select * from renamed
