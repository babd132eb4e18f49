with

neighbours as (

    select * from {{ ref('int_peers__neighbours') }}

),

municipalities as (

    select * from {{ ref('int_peers__municipalities') }}
    where boundary = 'as_reported'

),

chosen as (

    select * from neighbours
    where left_out = 'none'

),

themes as (

    select count(distinct left_out) as themes_n from neighbours
    where left_out != 'none'

),

-- In which share of the choices that do without one theme a neighbour is among the ten.
kept as (

    select
        neighbours.municipality_code,
        neighbours.fiscal_year,
        neighbours.neighbour_code,
        count(*) / any_value(themes.themes_n) as stability
    from neighbours
    cross join themes
    where neighbours.left_out != 'none'
    group by neighbours.municipality_code, neighbours.fiscal_year, neighbours.neighbour_code

)

select
    chosen.municipality_code,
    chosen.fiscal_year,
    chosen.neighbour_rank,
    own.municipality_name,
    chosen.neighbour_code,
    municipalities.municipality_name as neighbour_name,
    chosen.distance,
    chosen.main_difference,
    cast(round(coalesce(kept.stability, 0), 4) as decimal(18, 4)) as stability,
    chosen.feature_year
from chosen
left join kept
    on
        chosen.municipality_code = kept.municipality_code
        and chosen.fiscal_year = kept.fiscal_year
        and chosen.neighbour_code = kept.neighbour_code
left join municipalities
    on
        chosen.fiscal_year = municipalities.fiscal_year
        and chosen.neighbour_code = municipalities.municipality_code
left join municipalities as own
    on
        chosen.fiscal_year = own.fiscal_year
        and chosen.municipality_code = own.municipality_code
order by chosen.municipality_code, chosen.fiscal_year, chosen.neighbour_rank
