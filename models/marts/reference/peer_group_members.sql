with

members as (

    select * from {{ ref('int_peers__members') }}

),

municipalities as (

    select * from {{ ref('dim_municipality_current') }}

),

peer_groups as (

    select * from {{ ref('int_peers__groups') }}

)

select
    members.peer_group_code,
    members.fiscal_year,
    members.boundary,
    members.municipality_code,
    peer_groups.peer_group_name,
    municipalities.municipality_name
from members
left join peer_groups on members.peer_group_code = peer_groups.peer_group_code
left join municipalities on members.municipality_code = municipalities.municipality_code
order by
    members.peer_group_code, members.fiscal_year, members.boundary, members.municipality_code
