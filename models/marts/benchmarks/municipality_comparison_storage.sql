-- The rows of `municipality_comparison`, by year, report, measure, peer group and value, neighbours
-- last: what rows of a group share stands in runs and takes no room. A municipality of which the
-- same is said at both boundaries has one row for both; what its group is at today's boundaries, if
-- another (`is_apart`), stands beside it, how many values are lower as a difference. Words are
-- numbers, but for the municipality, which is what readers filter by: as text it is looked up once
-- per block, not cast per row.
-- Sums are those of the peers and the municipality itself, quartiles those without it, where there
-- are five peers; of neighbours, whose sums are no runs, there are the means instead.
-- `place` is who a row is of, in that year, with the people: `2018  158261 Enschede`. A peer group
-- has its name behind its code. The first percentage of the reasons stands apart, so that there are
-- few of them.
-- `numerator_rest` is what value times people, rounded, lacks of the numerator, in euro.
{% set of_group = [
    'peers_total', 'peers_missing', 'peer_p25', 'peer_median', 'peer_p75', 'value_sum',
    'numerator_sum', 'people_sum', 'peer_mean_weighted', 'peer_mean_unweighted', 'lower_n',
    'group_reason'
] -%}
{% set sums = {
    'value_sum': ('value', 'decimal(18, 6)'),
    'numerator_sum': ('numerator_keur', 'decimal(18, 3)'),
    'people_sum': ('people', 'integer')
} -%}
{% set place = "concat(fiscal_year, lpad(coalesce(cast(people as varchar), ''), 8, ' '), ' ',"
    ~ " municipality_name)" -%}
{% set wording = without_percentage('reasons') -%}
{% set group_words = "concat(peer_group_code, ' ', peer_group_name)" -%}
with

own as (

    select
        * replace (
            cast({{ wording }} as {{ enum_of(ref('int_comparison__own'), wording) }}) as reasons
        ),
        {{ first_percentage('reasons') }} as percentage,
        cast({{ place }} as {{ enum_of(ref('int_comparison__own'), place) }}) as place,
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
        cast(
            {{ group_words }} as {{ enum_of(ref('int_peers__groups'), group_words) }}
        ) as peer_group
    from peer_groups

),

-- Who is the same at both boundaries, by the keys that it has at each.
twins as (

    select
        present.own_key,
        own.own_key as both_key
    from own
    inner join own as present
        on
            own.block_no = present.block_no
            and own.municipality_code = present.municipality_code
            and own.fingerprint = present.fingerprint
            and own.is_peer = present.is_peer
    where own.boundary = 'as_reported' and present.boundary = 'current'

),

held as (

    select
        false as is_of_neighbours,
        places.group_key,
        places.own_key,
        peers.boundary,
        peers.members_n - 1 as peers_total,
        peers.n - if(places.peer_value is null, 0, 1) as peers_n,
        peers_total - peers_n as peers_missing,
        {% for quarter, name in [(1, 'p25'), (2, 'median'), (3, 'p75')] -%}
        case
            when peers_n < 5 then null
            when places.peer_value is null then cast(peers.{{ name }} as decimal(18, 6))
            when places.peer_value <= peers.q{{ quarter }}_a then peers.{{ name }}_below
            when places.peer_value <= peers.q{{ quarter }}_b then peers.{{ name }}_between
            else peers.{{ name }}_above
        end as peer_{{ name }},
        {% endfor -%}
        peers.value_sum,
        peers.numerator_sum,
        peers.people_sum,
        cast(null as decimal(18, 6)) as peer_mean_weighted,
        cast(null as decimal(18, 6)) as peer_mean_unweighted,
        places.lower_n,
        cast(null as varchar) as group_reason
    from places
    inner join peers on places.group_key = peers.group_key
    union all
    select
        true as is_of_neighbours,
        group_key,
        own_key,
        boundary,
        members_n as peers_total,
        n as peers_n,
        members_n - n as peers_missing,
        {% for name in ['p25', 'median', 'p75'] -%}
        if(n >= 5, {{ name }}, null) as peer_{{ name }},
        {% endfor -%}
        cast(null as decimal(18, 6)) as value_sum,
        cast(null as decimal(18, 3)) as numerator_sum,
        cast(null as integer) as people_sum,
        peer_mean_weighted,
        peer_mean_unweighted,
        lower_n,
        group_reason
    from neighbours

),

reported as (

    select
        *,
        {{ both_key('group_key') }} as both_group_key,
        own_key as both_own_key
    from held
    where boundary != 'current'

),

present as (

    select
        held.*,
        {{ both_key('held.group_key') }} as both_group_key,
        coalesce(twins.both_key, held.own_key) as both_own_key
    from held
    left join twins on held.own_key = twins.own_key
    where held.boundary = 'current'

),

paired as (

    select
        coalesce(reported.is_of_neighbours, present.is_of_neighbours) as is_of_neighbours,
        coalesce(reported.both_group_key, present.both_group_key) as both_group_key,
        coalesce(reported.both_own_key, present.both_own_key) as both_own_key,
        if(
            reported.own_key is not null and present.own_key is not null,
            'both',
            coalesce(reported.boundary, present.boundary)
        ) as boundary,
        {% for column in of_group -%}
        reported.{{ column }},
        {% if column == 'lower_n' -%}
        present.lower_n - coalesce(reported.lower_n, 0) as current_lower_n,
        {% else -%}
        present.{{ column }} as current_{{ column }},
        {% endif -%}
        {% endfor -%}
        present.own_key is not null as is_apart
    from reported
    full join present
        on
            reported.both_group_key = present.both_group_key
            and reported.both_own_key = present.both_own_key

),

sorted as (

    select
        own.municipality,
        measures.fiscal_year,
        measures.kind_of_report,
        measures.measure,
        cast(paired.boundary as enum('as_reported', 'both', 'current')) as boundary,
        named_groups.peer_group,
        own.place,
        measures.indicator_name as measure_name,
        measures.unit,
        measures.direction,
        measures.side,
        measures.denominator,
        measures.price_basis,
        own.value,
        own.is_peer,
        own.value_status,
        paired.is_apart,
        {% for column in of_group + of_group | map('replace', '', 'current_', 1) | list -%}
        {% set own_column, type = sums.get(column.removeprefix('current_'), (none, none)) -%}
        {% if own_column -%}
        cast(
            paired.{{ column }} + if(own.is_peer, 0, coalesce(own.{{ own_column }}, 0))
            as {{ type }}
        ) as {{ column }},
        {% else -%}
        paired.{{ column }},
        {% endif -%}
        {% endfor -%}
        own.comparability as own_comparability,
        own.reasons as own_reasons,
        own.percentage as own_percentage,
        own.numerator_rest
    from paired
    inner join own on paired.both_own_key = own.own_key
    inner join measures on own.block_no = measures.block_no
    inner join named_groups on paired.both_group_key % {{ groups_apart() }} = named_groups.group_no
    order by
        paired.is_of_neighbours asc,
        boundary asc,
        paired.both_group_key asc,
        own.value asc nulls last,
        own.municipality_code asc

)

select
    cast(municipality as varchar) as municipality_code,
    fiscal_year,
    kind_of_report as report,
    measure as measure_code,
    boundary,
    peer_group as peer_group_code,
    * exclude (municipality, fiscal_year, kind_of_report, measure, boundary, peer_group)
from sorted
