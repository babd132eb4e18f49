-- One row per kind of region, division and municipality: the region of 2016 that it lies in. A
-- municipality that kept its code kept its region; a new one takes the region of most of the whole
-- municipalities it was made of. Where they tie, each is a row and none is settled.
with

regions as (

    select * from {{ ref('stg_reference__municipality_regions') }}

),

weights as (

    select * from {{ ref('int_boundaries__weights') }}

),

counted as (

    select
        regions.region_kind,
        weights.to_year,
        weights.successor_code as municipality_code,
        regions.region_code,
        any_value(regions.region_name) as region_name,
        any_value(regions.centre_code) as centre_code,
        bool_or(regions.municipality_code = weights.successor_code) as kept_its_code,
        count(*) filter (where weights.weight = 1) as whole_parts_n
    from regions
    inner join weights
        on
            regions.division_year = weights.from_year
            and regions.municipality_code = weights.municipality_code
    group by
        regions.region_kind, weights.to_year, weights.successor_code, regions.region_code

)

select
    region_kind,
    to_year,
    municipality_code,
    region_code,
    region_name,
    centre_code,
    count(*) over (
        partition by region_kind, to_year, municipality_code, kept_its_code, whole_parts_n
    ) = 1 as is_settled
from counted
qualify
    rank() over (
        partition by region_kind, to_year, municipality_code
        order by kept_its_code desc, whole_parts_n desc
    ) = 1
