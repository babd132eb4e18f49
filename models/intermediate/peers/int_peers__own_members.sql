-- One row per group of a municipality's own, boundary, year and member other than itself: at the
-- boundaries of the year as it was delivered, at today's where all of them are there still.
with

delivered as (

    select * from {{ ref('stg_accounts__peer_groups') }}
    where member_code != municipality_code

),

today as (

    select * from {{ ref('int_peers__municipalities') }}
    where boundary = 'current'

),

gone as (

    select distinct
        delivered.peer_group_code,
        delivered.fiscal_year
    from delivered
    anti join today
        on
            delivered.member_code = today.municipality_code
            and delivered.fiscal_year = today.fiscal_year

)

select
    peer_group_code,
    'as_reported' as boundary,
    fiscal_year,
    member_code as municipality_code,
    municipality_code as of_municipality_code,
    peer_group_name,
    set_by,
    source_document
from delivered
union all
select
    delivered.peer_group_code,
    'current' as boundary,
    delivered.fiscal_year,
    delivered.member_code as municipality_code,
    delivered.municipality_code as of_municipality_code,
    delivered.peer_group_name,
    delivered.set_by,
    delivered.source_document
from delivered
anti join gone
    on
        delivered.peer_group_code = gone.peer_group_code
        and delivered.fiscal_year = gone.fiscal_year
