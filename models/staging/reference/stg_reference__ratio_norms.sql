with source as (

    select * from {{ source('reference', 'ratio_norms') }}

),

renamed as (

    select
        trim(ratio_code) as ratio_code,
        trim(better) as better,
        cast(norm_low as decimal(18, 6)) as norm_low,
        cast(norm_high as decimal(18, 6)) as norm_high,
        cast(norm_year as integer) as norm_year,
        trim(source) as source,
        cast(row_number() over () + 1 as integer) as seed_line
    from source

)

select * from renamed
