-- The rows of `municipality_comparison` that hold a municipality against its own neighbours, in the
-- form of `municipality_comparison_storage`. No two share a group, so what is said of the group
-- stands in the row.
with

own as (

    select * from {{ ref('int_comparison__own') }}

),

neighbours as (

    select * from {{ ref('int_comparison__neighbours') }}

),

blocks as (

    select * from {{ ref('int_comparison__blocks') }}

),

peer_groups as (

    select * from {{ ref('int_peers__groups') }}

)

select
    {{ comparison_keys('neighbours') }},
    {{ comparison_values() }},
    neighbours.lower_n,
    neighbours.members_n as peers_total,
    neighbours.n as peers_n,
    neighbours.p25,
    neighbours.median,
    neighbours.p75,
    neighbours.mean_weighted,
    neighbours.mean_unweighted,
    neighbours.group_reason
from neighbours
inner join own on neighbours.own_key = own.own_key
inner join blocks on own.block_no = blocks.block_no
inner join peer_groups
    on neighbours.group_key % {{ groups_apart() }} = peer_groups.group_no
order by neighbours.group_key
