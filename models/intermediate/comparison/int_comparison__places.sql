-- One row per value and peer group that its municipality is a member of: how many members of the
-- group have a lower one, and its row among them (those that are no peers last). Neighbours and
-- groups of its own are without the municipality itself: they have no place here.
with

own as (

    select * from {{ ref('int_comparison__own') }}

),

members as (

    select * from {{ ref('int_peers__members') }}

),

peer_groups as (

    select * from {{ ref('int_peers__groups') }}
    where of_municipality_code is null

),

blocks as (

    select * from {{ ref('int_comparison__blocks') }}

),

measure_groups as (

    select * from {{ ref('int_comparison__measure_groups') }}

),

block_groups as (

    select
        blocks.block_no,
        peer_groups.group_no
    from blocks
    inner join measure_groups on blocks.measure_code = measure_groups.measure_code
    inner join peer_groups on measure_groups.peer_group_code = peer_groups.peer_group_code

),

compared as (

    select
        members.boundary,
        members.fiscal_year,
        members.municipality_code,
        peer_groups.group_no
    from members
    inner join peer_groups on members.peer_group_code = peer_groups.peer_group_code

),

held as (

    select
        own.block_no,
        own.boundary,
        compared.group_no,
        own.own_key,
        own.value_rank,
        own.value,
        own.peer_value,
        if(own.peer_value is null, null, own.numerator_keur) as numerator_keur,
        if(own.peer_value is null, null, own.people) as people,
        own.fingerprint
    from own
    inner join compared
        on
            own.boundary = compared.boundary
            and own.fiscal_year = compared.fiscal_year
            and own.municipality_code = compared.municipality_code
    semi join block_groups
        on own.block_no = block_groups.block_no and compared.group_no = block_groups.group_no

),

keyed as (

    select
        *,
        {{ group_key('block_no', 'boundary', 'group_no') }} as group_key
    from held

),

placed as (

    select
        *,
        cast(row_number() over ranked as integer) as row_no,
        cast(rank() over ranked - 1 as integer) as lower_n
    from keyed
    window ranked as (partition by group_key order by value_rank)

),

-- Who is no peer comes after all peers, whatever its value: those below it are counted.
apart as (

    select
        placed.group_key,
        placed.own_key,
        cast(count(*) filter (where peers.peer_value < placed.value) as integer) as lower_n
    from placed
    inner join placed as peers on placed.group_key = peers.group_key
    where placed.value is not null and placed.peer_value is null
    group by placed.group_key, placed.own_key

)

select
    placed.group_key,
    placed.own_key,
    placed.peer_value,
    placed.numerator_keur,
    placed.people,
    placed.fingerprint,
    placed.row_no,
    coalesce(apart.lower_n, placed.lower_n) as lower_n
from placed
left join apart on placed.group_key = apart.group_key and placed.own_key = apart.own_key
