with source as (

    select * from {{ source('reference', 'iv3_faults') }}

),

renamed as (

    select
        trim(municipality_code) as municipality_code,
        cast(fiscal_year as integer) as fiscal_year,
        trim(report) as report,
        trim(figures_of) as figures_of,
        cast(figures_of_year as integer) as figures_of_year,
        trim(finding) as finding,
        trim(source) as source,
        cast(row_number() over () + 1 as integer) as seed_line
    from source

)

select * from renamed
