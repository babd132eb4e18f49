with source as (

    select * from {{ source('cbs', 'key_figures') }}

),

renamed as (

    select
        cast(_year as integer) as reference_year,
        trim(region_code) as municipality_code,
        trim(region_kind) as region_kind,
        cast(nullif(trim(inhabitants), '.') as integer) as inhabitants,
        cast(nullif(trim(aged_0_14), '.') as integer) as aged_0_14,
        cast(nullif(trim(aged_15_24), '.') as integer) as aged_15_24,
        cast(nullif(trim(aged_25_44), '.') as integer) as aged_25_44,
        cast(nullif(trim(aged_45_64), '.') as integer) as aged_45_64,
        cast(nullif(trim(aged_65_plus), '.') as integer) as aged_65_plus,
        cast(nullif(trim(households), '.') as integer) as households,
        cast(nullif(trim(average_household_size), '.') as decimal(18, 3))
            as average_household_size,
        cast(nullif(trim(population_density), '.') as decimal(18, 3)) as population_density,
        cast(nullif(trim(address_density), '.') as decimal(18, 3)) as address_density,
        cast(nullif(trim(urbanity), '.') as integer) as urbanity,
        cast(nullif(trim(average_income_per_inhabitant), '.') as decimal(18, 3))
            as average_income_per_inhabitant_keur,
        cast(nullif(trim(low_income_households_pct), '.') as decimal(18, 3))
            as low_income_households_pct,
        cast(nullif(trim(social_assistance_recipients), '.') as integer)
            as social_assistance_recipients,
        cast(nullif(trim(land_area_ha), '.') as decimal(18, 3)) as land_area_ha,
        _table as source_table,
        _delivery as source_delivery,
        _file as source_file,
        _line as source_line
    from source

)

select * from renamed
