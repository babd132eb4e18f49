-- One row per peer group, boundary, year and member. The ten neighbours of a municipality are a
-- group without the municipality itself; at today's boundaries they are those of the latest year,
-- so that a series keeps its peers. The class of size is that of the people of the year, and of the
-- reference list where those are not known to us.
with

municipalities as (

    select * from {{ ref('int_peers__municipalities') }}

),

inhabitants as (

    select * from {{ ref('int_boundaries__inhabitants') }}
    where report = 'budget'

),

size_classes as (

    select * from {{ ref('stg_reference__size_classes') }}

),

listed_sizes as (

    select * from {{ ref('stg_reference__municipality_size_classes') }}

),

regions as (

    select * from {{ ref('int_peers__region_members') }}
    where is_settled

),

structure as (

    select * from {{ ref('stg_reference__structure_classes') }}

),

themes as (

    select * from {{ ref('stg_reference__measure_themes') }}

),

neighbours as (

    select * from {{ ref('int_peers__neighbours') }}
    where left_out = 'none' or left_out in (select themes.theme from themes)

),

own as (

    select * from {{ ref('int_peers__own_members') }}

),

sized as (

    select
        municipalities.boundary,
        municipalities.fiscal_year,
        municipalities.municipality_code,
        coalesce(size_classes.size_class, listed_sizes.size_class) as size_class
    from municipalities
    left join inhabitants
        on
            municipalities.boundary = inhabitants.boundary
            and municipalities.fiscal_year = inhabitants.fiscal_year
            and municipalities.municipality_code = inhabitants.municipality_code
    left join size_classes
        on
            inhabitants.inhabitants between size_classes.inhabitants_from
            and coalesce(size_classes.inhabitants_to, 99999999)
    left join listed_sizes
        on
            municipalities.boundary = listed_sizes.boundary
            and municipalities.municipality_code = listed_sizes.municipality_code
            and municipalities.fiscal_year
            between listed_sizes.valid_from_year and listed_sizes.valid_to_year

),

placed as (

    select
        municipalities.boundary,
        municipalities.fiscal_year,
        municipalities.municipality_code,
        regions.region_kind,
        regions.region_code,
        regions.centre_code
    from municipalities
    inner join regions
        on
            municipalities.municipality_code = regions.municipality_code
            and regions.to_year
            = if(municipalities.boundary = 'current', 9999, municipalities.fiscal_year)

),

neighbour_years as (

    select distinct fiscal_year from neighbours

),

latest_neighbours as (

    select * from neighbours
    qualify fiscal_year = max(fiscal_year) over ()

),

near as (

    select
        'as_reported' as boundary,
        fiscal_year,
        municipality_code,
        left_out,
        neighbour_code
    from neighbours
    union all
    select
        'current' as boundary,
        neighbour_years.fiscal_year,
        latest_neighbours.municipality_code,
        latest_neighbours.left_out,
        latest_neighbours.neighbour_code
    from latest_neighbours
    cross join neighbour_years

),

members as (

    select
        'all' as peer_group_code,
        boundary,
        fiscal_year,
        municipality_code
    from municipalities
    union all
    select
        concat('size_class_', size_class) as peer_group_code,
        boundary,
        fiscal_year,
        municipality_code
    from sized
    where size_class is not null
    union all
    select
        concat('province_', province_code) as peer_group_code,
        boundary,
        fiscal_year,
        municipality_code
    from municipalities
    where province_code is not null
    union all
    select
        concat('region_', region_code) as peer_group_code,
        boundary,
        fiscal_year,
        municipality_code
    from placed
    where region_kind = 'youth'
    union all
    select
        'centre_shelter' as peer_group_code,
        boundary,
        fiscal_year,
        municipality_code
    from placed
    where region_kind = 'shelter' and municipality_code = centre_code
    union all
    select
        concat(
            'structure_', structure.social_structure, '_', structure.centre_function
        ) as peer_group_code,
        municipalities.boundary,
        municipalities.fiscal_year,
        municipalities.municipality_code
    from municipalities
    inner join structure on municipalities.municipality_code = structure.municipality_code
    where structure.centre_function is not null
    union all
    select
        concat(
            'nearest_10_', municipality_code, if(left_out = 'none', '', '_without_' || left_out)
        ) as peer_group_code,
        boundary,
        fiscal_year,
        neighbour_code as municipality_code
    from near
    union all
    select
        peer_group_code,
        boundary,
        fiscal_year,
        municipality_code
    from own

)

select
    peer_group_code,
    boundary,
    fiscal_year,
    municipality_code
from members
