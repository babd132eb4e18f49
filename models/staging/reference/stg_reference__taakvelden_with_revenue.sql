with source as (

    select * from {{ source('reference', 'taakvelden_with_revenue') }}

),

renamed as (

    select
        trim(taakveld_code) as taakveld_code,
        cast(fiscal_year as integer) as fiscal_year,
        trim(report) as report,
        cast(municipalities_n as integer) as municipalities_n,
        cast(over_tenth_n as integer) as over_tenth_n,
        trim(source) as source
    from source

)

select * from renamed
