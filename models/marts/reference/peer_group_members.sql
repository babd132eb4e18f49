with

members as (

    select * from {{ ref('int_peers__members') }}

)

select
    peer_group_code,
    fiscal_year,
    boundary,
    municipality_code
from members
order by peer_group_code, fiscal_year, boundary, municipality_code
