with

peer_groups as (

    select * from {{ ref('int_peers__groups') }}

)

select
    peer_group_code,
    peer_group_name,
    peer_group_kind,
    of_municipality_code,
    definition,
    source
from peer_groups
order by peer_group_code
