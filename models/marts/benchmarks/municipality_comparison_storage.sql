-- The rows of `municipality_comparison`, one for both boundaries where they are all the same, by
-- boundary, year, report, measure, peer group and value, neighbours last: what rows of a group
-- share stands in runs and takes no room. Words are numbers, but for those of the key, which is
-- what readers filter and group by: as text they are looked up once per block, not cast per row.
-- Sums are those of the peers and the municipality itself, quartiles those without it, where there
-- are five peers.
-- `numerator_rest` is what value times people, rounded, lacks of the numerator, in euro.
with

own as (

    select
        * replace (
            cast(reasons as {{ enum_of(ref('int_comparison__own'), 'reasons') }}) as reasons
        ),
        cast(
            (numerator_keur - {{ numerator_of('value', 'people') }}) * 1000 as integer
        ) as numerator_rest
    from {{ ref('int_comparison__own') }}

),

places as (

    select * from {{ ref('int_comparison__places') }}

),

peers as (

    select * from {{ ref('int_comparison__peers') }}

),

neighbours as (

    select * from {{ ref('int_comparison__neighbours') }}

),

blocks as (

    select * from {{ ref('int_comparison__blocks') }}

),

peer_groups as (

    select * from {{ ref('int_peers__groups') }}

),

indicators as (

    select * from {{ ref('dim_indicator') }}

),

measures as (

    select
        blocks.block_no,
        blocks.fiscal_year,
        blocks.kind_of_report,
        {% for column in [
            'indicator_name', 'unit', 'direction', 'side', 'denominator', 'price_basis'
        ] -%}
        cast(
            indicators.{{ column }} as {{ enum_of(ref('dim_indicator'), column) }}
        ) as {{ column }},
        {% endfor -%}
        blocks.measure
    from blocks
    inner join indicators on blocks.measure_code = indicators.indicator_code

),

named_groups as (

    select
        group_no,
        peer_group,
        cast(
            peer_group_name as {{ enum_of(ref('dim_peer_group'), 'peer_group_name') }}
        ) as peer_group_name
    from peer_groups

),

held as (

    select
        false as is_of_neighbours,
        places.group_key,
        places.own_key,
        places.lower_n,
        peers.boundary,
        peers.members_n - 1 as peers_total,
        peers.n - if(places.peer_value is null, 0, 1) as peers_n,
        peers.value_sum,
        peers.numerator_sum,
        peers.people_sum,
        {% for quarter, name in [(1, 'p25'), (2, 'median'), (3, 'p75')] -%}
        case
            when places.peer_value is null then cast(peers.{{ name }} as decimal(18, 6))
            when places.peer_value <= peers.q{{ quarter }}_a then peers.{{ name }}_below
            when places.peer_value <= peers.q{{ quarter }}_b then peers.{{ name }}_between
            else peers.{{ name }}_above
        end as {{ name }},
        {% endfor -%}
        cast(null as varchar) as group_reason
    from places
    inner join peers on places.group_key = peers.group_key
    union all
    select
        true as is_of_neighbours,
        group_key,
        own_key,
        lower_n,
        boundary,
        members_n as peers_total,
        n as peers_n,
        value_sum,
        numerator_sum,
        people_sum,
        p25,
        median,
        p75,
        group_reason
    from neighbours

),

sorted as (

    select
        own.municipality,
        measures.fiscal_year,
        measures.kind_of_report,
        measures.measure,
        held.boundary,
        named_groups.peer_group,
        own.municipality_name,
        measures.indicator_name as measure_name,
        measures.unit,
        measures.direction,
        measures.side,
        measures.denominator,
        measures.price_basis,
        own.value,
        own.is_peer,
        own.value_status,
        named_groups.peer_group_name,
        held.peers_total,
        held.peers_n,
        {% for quartile in ['p25', 'median', 'p75'] -%}
        if(held.peers_n >= 5, held.{{ quartile }}, null) as peer_{{ quartile }},
        {% endfor -%}
        {% for column, type in [
            ('value', 'decimal(18, 6)'), ('numerator_keur', 'decimal(18, 3)'), ('people', 'integer')
        ] -%}
        {% set sums = column.removesuffix('_keur') ~ '_sum' -%}
        cast(
            held.{{ sums }}
            + if(held.is_of_neighbours or own.is_peer, 0, coalesce(own.{{ column }}, 0))
            as {{ type }}
        ) as {{ sums }},
        {% endfor -%}
        held.lower_n,
        own.comparability as own_comparability,
        own.reasons as own_reasons,
        held.group_reason,
        own.people,
        own.numerator_rest
    from held
    inner join own on held.own_key = own.own_key
    inner join measures on own.block_no = measures.block_no
    inner join named_groups on held.group_key % {{ groups_apart() }} = named_groups.group_no
    order by
        held.is_of_neighbours,
        held.boundary,
        held.group_key,
        held.own_key

)

select
    cast(municipality as varchar) as municipality_code,
    fiscal_year,
    cast(kind_of_report as varchar) as report,
    cast(measure as varchar) as measure_code,
    boundary,
    cast(peer_group as varchar) as peer_group_code,
    * exclude (municipality, fiscal_year, kind_of_report, measure, boundary, peer_group)
from sorted
