-- One row per value and group of the municipality that it is no member of, its own neighbours or
-- those that it chose itself: how many of them have a lower one, the means of theirs, their
-- quartiles, and whether neighbours were chosen from too few. A row that is all the same at both
-- boundaries is one row, with boundary `both`.
with

own as (

    select * from {{ ref('int_comparison__own') }}
    where left_out is not null

),

members as (

    select * from {{ ref('int_peers__members') }}

),

peer_groups as (

    select * from {{ ref('int_peers__groups') }}
    where of_municipality_code is not null

),

pools as (

    select * from {{ ref('int_peers__pools') }}

),

choices as (

    select distinct left_out from own

),

-- Groups that a municipality made hold for every choice of features.
near as (

    select
        members.boundary,
        members.fiscal_year,
        members.municipality_code,
        choices.left_out,
        peer_groups.group_no
    from members
    inner join peer_groups on members.peer_group_code = peer_groups.peer_group_code
    inner join choices on peer_groups.left_out in ('any', choices.left_out)

),

groups as (

    select
        near.boundary,
        near.fiscal_year,
        near.left_out,
        near.group_no,
        any_value(peer_groups.of_municipality_code) as of_municipality_code,
        any_value(peer_groups.peer_group_kind) as peer_group_kind,
        cast(count(*) as integer) as members_n
    from near
    inner join peer_groups on near.group_no = peer_groups.group_no
    group by near.boundary, near.fiscal_year, near.left_out, near.group_no

),

collected as (

    select
        {{ group_key('own.block_no', 'own.boundary', 'near.group_no') }} as group_key,
        list_sort(list(own.peer_value)) as sorted,
        sum(own.peer_value) as value_sum,
        sum(own.numerator_keur) as numerator_sum,
        sum(own.people) as people_sum
    from own
    inner join near
        on
            own.boundary = near.boundary
            and own.fiscal_year = near.fiscal_year
            and own.left_out = near.left_out
            and own.municipality_code = near.municipality_code
    where own.peer_value is not null
    group by {{ group_key('own.block_no', 'own.boundary', 'near.group_no') }}

),

asked as (

    select
        {{ group_key('own.block_no', 'own.boundary', 'groups.group_no') }} as group_key,
        own.own_key,
        own.value,
        own.fingerprint,
        groups.members_n,
        if(
            pools.is_narrow and groups.peer_group_kind = 'nearest',
            concat(
                'Structuurgelijke gemeenten gekozen uit ',
                pools.candidates_n,
                ' van de ',
                pools.municipalities_n,
                ' gemeenten: van de andere zijn niet alle kenmerken bekend'
            ),
            null
        ) as group_reason
    from own
    inner join groups
        on
            own.boundary = groups.boundary
            and own.fiscal_year = groups.fiscal_year
            and own.left_out = groups.left_out
            and own.municipality_code = groups.of_municipality_code
    left join pools
        on
            own.boundary = pools.boundary
            and own.fiscal_year = pools.fiscal_year

),

held as (

    select
        asked.*,
        collected.sorted,
        collected.value_sum,
        collected.numerator_sum,
        collected.people_sum,
        cast(coalesce(len(collected.sorted), 0) as integer) as n,
        hash(
            asked.fingerprint,
            asked.members_n,
            asked.group_reason,
            collected.sorted,
            collected.numerator_sum,
            collected.people_sum
        ) as fingerprint_of_all
    from asked
    left join collected on asked.group_key = collected.group_key

),

{{ told_apart() }}

select
    group_key,
    own_key,
    boundary,
    members_n,
    n,
    cast(numerator_sum * 1000 / nullif(people_sum, 0) as decimal(18, 6)) as peer_mean_weighted,
    cast(value_sum / nullif(n, 0) as decimal(18, 6)) as peer_mean_unweighted,
    {% for quarter, name in [(1, 'p25'), (2, 'median'), (3, 'p75')] -%}
    {%- set low = 'sorted[' ~ quartile_row(quarter, 'n') ~ ']' -%}
    {%- set high = 'sorted[' ~ quartile_row(quarter, 'n') ~ ' + 1]' -%}
    cast({{ interpolated(quarter, 'n', low, high) }} as decimal(18, 6)) as {{ name }},
    {% endfor -%}
    cast(coalesce(len(list_filter(sorted, lambda peer: peer < value)), 0) as integer) as lower_n,
    group_reason
from sides
