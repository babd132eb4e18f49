with source as (

    select * from {{ source('reference', 'municipality_regions') }}

),

renamed as (

    select
        trim(region_kind) as region_kind,
        trim(region_code) as region_code,
        trim(region_name) as region_name,
        trim(municipality_code) as municipality_code,
        trim(centre_code) as centre_code,
        cast(division_year as integer) as division_year,
        trim(source) as source,
        cast(row_number() over () + 1 as integer) as seed_line
    from source

)

select * from renamed
