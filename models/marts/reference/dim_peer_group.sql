with

peer_groups as (

    select * from {{ ref('int_peers__groups') }}

),

municipalities as (

    select * from {{ ref('dim_municipality_current') }}

)

select
    peer_groups.peer_group_code,
    peer_groups.peer_group_name,
    peer_groups.peer_group_kind,
    peer_groups.of_municipality_code,
    municipalities.municipality_name as of_municipality_name,
    peer_groups.definition,
    peer_groups.source
from peer_groups
left join municipalities
    on peer_groups.of_municipality_code = municipalities.municipality_code
order by peer_groups.peer_group_code
