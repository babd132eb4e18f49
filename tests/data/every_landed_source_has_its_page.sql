-- Offenders: landed figures whose table, delivery and page are no row of source_pages, and tables
-- and deliveries that a published row names and none of whose pages is there.
with

pages as (

    select * from {{ ref('source_pages') }}

),

facts as (

    select distinct
        source_table,
        source_delivery,
        source_page
    from {{ ref('source_facts') }}
    where source_page is not null

),

deliveries as (

    select distinct
        source_table,
        source_delivery
    from {{ ref('iv3_deliveries') }}
    where source_delivery is not null
    union
    select distinct
        source_table,
        source_delivery
    from {{ ref('taakveld_spending') }}
    where source_delivery is not null

)

select
    facts.source_table,
    facts.source_delivery,
    facts.source_page
from facts
anti join pages
    on
        facts.source_table = pages.source_table
        and facts.source_delivery = pages.source_delivery
        and facts.source_page = pages.source_page
union all
select
    deliveries.source_table,
    deliveries.source_delivery,
    cast(null as varchar) as source_page
from deliveries
anti join pages
    on
        deliveries.source_table = pages.source_table
        and deliveries.source_delivery = pages.source_delivery
