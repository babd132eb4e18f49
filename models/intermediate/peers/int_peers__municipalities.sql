-- One row per boundary, year and municipality: those of 1 January of that year, or today's.
with

weights as (

    select * from {{ ref('int_boundaries__weights') }}

),

municipalities as (

    select * from {{ ref('stg_reference__municipalities') }}

),

listed as (

    select distinct
        'as_reported' as boundary,
        from_year as fiscal_year,
        municipality_code,
        make_date(from_year, 1, 1) as valid_on
    from weights
    union
    select
        'current' as boundary,
        from_year as fiscal_year,
        successor_code as municipality_code,
        date '9999-12-31' as valid_on
    from weights
    where to_year = 9999

)

select
    listed.boundary,
    listed.fiscal_year,
    listed.municipality_code,
    municipalities.municipality_name,
    municipalities.province_code
from listed
left join municipalities
    on
        listed.municipality_code = municipalities.municipality_code
        and listed.valid_on
        between municipalities.valid_from
        and coalesce(municipalities.valid_to, date '9999-12-31')
