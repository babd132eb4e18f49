-- One row of lists: the words that rows of the comparison share, found by number. Names of measures
-- and what they measure by the number of the measure, names of groups by that of the group; names
-- and people of municipalities by that of the municipality on a side (boundary, year, report and
-- denominator).
with

own as (

    select * from {{ ref('int_comparison__own') }}

),

blocks as (

    select * from {{ ref('int_comparison__blocks') }}

),

indicators as (

    select * from {{ ref('dim_indicator') }}

),

peer_groups as (

    select * from {{ ref('int_peers__groups') }}

),

measures as (

    select distinct on (blocks.measure)
        blocks.measure,
        indicators.*
    from blocks
    inner join indicators on blocks.measure_code = indicators.indicator_code

),

known as (

    select
        side_no,
        municipality,
        any_value(municipality_name) as municipality_name,
        any_value(people) as people
    from own
    group by side_no, municipality

),

numbered as (

    select
        {{ side_start('sides.side_no') }} + numbers.number as place,
        known.municipality_name,
        known.people
    from {{ ref('int_comparison__sides') }} as sides
    cross join range({{ rows_apart() }}) as numbers (number)
    left join known
        on sides.side_no = known.side_no and numbers.number = enum_code(known.municipality)

)

select
    (select list(indicator_name order by measure) from measures) as measure_names,
    (select list(unit order by measure) from measures) as units,
    (select list(direction order by measure) from measures) as directions,
    (select list(side order by measure) from measures) as sides,
    (select list(denominator order by measure) from measures) as denominators,
    (select list(price_basis order by measure) from measures) as price_bases,
    (select list(peer_group_name order by peer_group) from peer_groups) as peer_group_names,
    (select list(municipality_name order by place) from numbered) as municipality_names,
    (select list(people order by place) from numbered) as people
