-- The rows of `municipality_comparison` but for neighbours, one for both boundaries where they are
-- all the same, by measure, year, report, boundary, peer group and value: what neighbouring rows
-- share stands in runs and takes no room. `group_row` leads to what a group shares, `side_start`
-- with the municipality's own number to its name and people. `numerator_rest` is what value times
-- people, rounded, lacks of the numerator, in euro.
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

blocks as (

    select * from {{ ref('int_comparison__blocks') }}

),

peer_groups as (

    select * from {{ ref('int_peers__groups') }}

)

select
    {{ comparison_keys('peers') }},
    peers.group_row,
    {{ comparison_values() }},
    places.lower_n
from places
inner join peers on places.group_key = peers.group_key
inner join own on places.own_key = own.own_key
inner join blocks on own.block_no = blocks.block_no
inner join peer_groups
    on places.group_key % {{ groups_apart() }} = peer_groups.group_no
order by places.group_key, places.own_key
