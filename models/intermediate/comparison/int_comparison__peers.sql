-- One row per block, boundary and peer group, neighbours excepted: what the members' values add up
-- to, their quartiles (`p25, median, p75`), and what each is of the others of one member: with a
-- value of at most `q1_a`, of at most `q1_b`, or above it (`p25_below, p25_between, p25_above`).
-- A group that is all the same at both boundaries is one row, with boundary `both`.
with

places as (

    select * from {{ ref('int_comparison__places') }}

),

blocks as (

    select * from {{ ref('int_comparison__blocks') }}

),

members as (

    select * from {{ ref('int_peers__members') }}

),

peer_groups as (

    select * from {{ ref('int_peers__groups') }}

),

-- All members, also those that a measure says nothing of.
sizes as (

    select
        members.fiscal_year,
        members.boundary,
        peer_groups.group_no,
        cast(count(*) as integer) as members_n
    from members
    inner join peer_groups on members.peer_group_code = peer_groups.peer_group_code
    group by members.fiscal_year, members.boundary, peer_groups.group_no

),

sized as (

    select
        {{ group_key('blocks.block_no', 'sizes.boundary', 'sizes.group_no') }} as group_key,
        sizes.members_n
    from blocks
    inner join sizes on blocks.fiscal_year = sizes.fiscal_year

),

counted as (

    select
        group_key,
        cast(count(peer_value) as integer) as n,
        sum(peer_value) as value_sum,
        sum(numerator_keur) as numerator_sum,
        sum(people) as people_sum,
        sum(fingerprint) as fingerprint
    from places
    group by group_key

),

around as (

    select
        {% for quarter in [1, 2, 3] -%}
        {% for letter in 'abc' -%}
        max(places.peer_value) filter (
            where places.row_no = {{ quartile_row(quarter, 'counted.n - 1') }} + {{ loop.index0 }}
        ) as q{{ quarter }}_{{ letter }},
        {% endfor -%}
        {% endfor -%}
        counted.group_key
    from counted
    inner join places on counted.group_key = places.group_key
    where
        places.peer_value is not null
        and (
            {% for quarter in [1, 2, 3] -%}
            {{ 'or ' if not loop.first }}places.row_no
            - {{ quartile_row(quarter, 'counted.n - 1') }} between 0 and 2
            {% endfor -%}
        )
    group by counted.group_key

),

held as (

    select
        counted.*,
        sized.members_n,
        hash(counted.fingerprint, sized.members_n) as fingerprint_of_all
    from counted
    inner join sized on counted.group_key = sized.group_key

),

{{ told_apart() }}

select
    sides.group_key,
    sides.boundary,
    sides.members_n,
    sides.n,
    cast(sides.value_sum as decimal(18, 6)) as value_sum,
    cast(sides.numerator_sum as decimal(18, 3)) as numerator_sum,
    {% for quarter, name in [(1, 'p25'), (2, 'median'), (3, 'p75')] -%}
    around.q{{ quarter }}_a,
    around.q{{ quarter }}_b,
    {{ quartile(quarter, 'sides.n') }} as {{ name }},
    {% for place, low, high in [
        ('below', '_b', '_c'), ('between', '_a', '_c'), ('above', '_a', '_b')
    ] -%}
    {%- set q = 'q' ~ quarter -%}
    cast(
        {{ interpolated(quarter, 'sides.n - 1', q ~ low, q ~ high) }}
        as decimal(18, 6)
    ) as {{ name }}_{{ place }},
    {% endfor -%}
    {% endfor -%}
    cast(sides.people_sum as integer) as people_sum
from sides
left join around on sides.group_key = around.group_key
