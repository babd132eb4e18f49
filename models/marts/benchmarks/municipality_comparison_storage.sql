-- The rows of `municipality_comparison`, one for both boundaries where they are all the same, in
-- the order in which they take least room and are read fastest: measure, year, report, boundary,
-- peer group, value. What a group shares then stands in runs. Sums are those of the group with the
-- municipality itself, quartiles those without it. `numerator_rest` is what value times people,
-- rounded, lacks of the numerator.
with

own as (

    select * from {{ ref('int_comparison__own') }}

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

indicators as (

    select * from {{ ref('dim_indicator') }}

),

peer_groups as (

    select * from {{ ref('int_peers__groups') }}

),

-- Words become numbers before there are millions of them.
measures as (

    select
        blocks.block_no,
        blocks.fiscal_year,
        cast(blocks.report as {{ enum_of(ref('int_comparison__blocks'), 'report') }}) as report,
        cast(
            blocks.measure_code as {{ enum_of(ref('int_comparison__blocks'), 'measure_code') }}
        ) as measure_code,
        cast(
            indicators.indicator_name as {{ enum_of(ref('dim_indicator'), 'indicator_name') }}
        ) as measure_name,
        cast(indicators.unit as {{ enum_of(ref('dim_indicator'), 'unit') }}) as unit,
        cast(indicators.direction as {{ enum_of(ref('dim_indicator'), 'direction') }}) as direction,
        cast(indicators.side as {{ enum_of(ref('dim_indicator'), 'side') }}) as side,
        cast(
            indicators.denominator as {{ enum_of(ref('dim_indicator'), 'denominator') }}
        ) as denominator,
        cast(
            indicators.price_basis as {{ enum_of(ref('dim_indicator'), 'price_basis') }}
        ) as price_basis
    from blocks
    inner join indicators on blocks.measure_code = indicators.indicator_code

),

groups as (

    select
        group_no,
        cast(
            peer_group_code as {{ enum_of(ref('int_peers__groups'), 'peer_group_code') }}
        ) as peer_group_code,
        cast(
            peer_group_name as {{ enum_of(ref('int_peers__groups'), 'peer_group_name') }}
        ) as peer_group_name
    from peer_groups

),

valued as (

    select
        own.own_key,
        own.block_no,
        cast(
            own.municipality_code
            as {{ enum_of(ref('int_comparison__own'), 'municipality_code') }}
        ) as municipality_code,
        cast(
            own.municipality_name as {{ enum_of(ref('int_comparison__own'), 'municipality_name') }}
        ) as municipality_name,
        own.value,
        own.people,
        cast(
            (own.numerator_keur - {{ numerator_of('own.value', 'own.people') }}) * 1000 as integer
        ) as numerator_rest,
        cast(
            own.value_status as {{ enum_of(ref('int_comparison__own'), 'value_status') }}
        ) as value_status,
        cast(
            own.comparability as {{ enum_of(ref('int_comparison__own'), 'comparability') }}
        ) as own_comparability,
        own.reasons
    from own

),

held as (

    select
        places.group_key,
        places.own_key,
        places.lower_n,
        peers.boundary,
        peers.members_n - 1 as peers_total,
        peers.n - if(places.value is null, 0, 1) as peers_n,
        peers.value_sum,
        peers.numerator_sum,
        peers.people_sum,
        {% for quarter, quartile in [(1, 'p25'), (2, 'median'), (3, 'p75')] -%}
        cast(
            if(
                places.value is null,
                peers.{{ quartile }},
                {{ quartile_without('places.value', quarter, 'peers.n') }}
            ) as decimal(18, 6)
        ) as {{ quartile }},
        {% endfor -%}
        cast(null as varchar) as group_reason
    from places
    inner join peers on places.group_key = peers.group_key
    union all
    select
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

)

select
    valued.municipality_code,
    measures.fiscal_year,
    measures.report,
    measures.measure_code,
    cast(held.boundary as enum('as_reported', 'both', 'current')) as boundary,
    groups.peer_group_code,
    valued.municipality_name,
    measures.measure_name,
    measures.unit,
    measures.direction,
    measures.side,
    measures.denominator,
    measures.price_basis,
    valued.value,
    valued.value_status,
    groups.peer_group_name,
    held.peers_total,
    held.peers_n,
    held.p25 as peer_p25,
    held.median as peer_median,
    held.p75 as peer_p75,
    cast(held.value_sum as decimal(18, 6)) as value_sum,
    cast(held.numerator_sum as decimal(18, 3)) as numerator_sum,
    cast(held.people_sum as integer) as people_sum,
    held.lower_n,
    valued.own_comparability,
    valued.reasons as own_reasons,
    held.group_reason,
    valued.people,
    valued.numerator_rest
from held
inner join valued on held.own_key = valued.own_key
inner join measures on valued.block_no = measures.block_no
inner join groups on held.group_key % {{ group_keys_apart() }} = groups.group_no
order by held.group_key, held.own_key
