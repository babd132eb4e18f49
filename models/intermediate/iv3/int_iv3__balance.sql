-- One row per municipality, year and group of posts of its balance sheet at the end of the year:
-- what landed, else the bundled file, which is of a year as a whole. A post that holds nothing has
-- no row.
with

deliveries as (

    select * from {{ ref('int_iv3__deliveries') }}
    where report = 'accounts'

),

cells as (

    select * from {{ ref('stg_cbs__iv3_cells') }}
    where category_code = 'Ultimo'

),

posts as (

    select unnest([{{ quoted_codes('balance_post') }}]) as post_group

),

landed as (

    select
        cells.municipality_code,
        cells.fiscal_year,
        posts.post_group,
        sum(if(deliveries.vintage = 2, cells.second_keur, cells.first_keur)) as amount_keur,
        any_value(deliveries.source_table) as source_table,
        any_value(deliveries.source_delivery) as source_delivery
    from cells
    inner join deliveries
        on
            cells.municipality_code = deliveries.municipality_code
            and cells.fiscal_year = deliveries.fiscal_year
            and cells.report_suffix = deliveries.report_suffix
    inner join posts on starts_with(cells.taakveld_code, posts.post_group)
    where deliveries.vintage is not null
    group by cells.municipality_code, cells.fiscal_year, posts.post_group
    having sum(if(deliveries.vintage = 2, cells.second_keur, cells.first_keur)) != 0

),

bundled as (

    select * from {{ ref('stg_benchmarks__iv3_balance') }}
    where fiscal_year not in (select deliveries.fiscal_year from deliveries)

)

select
    municipality_code,
    fiscal_year,
    post_group,
    cast(amount_keur as decimal(18, 3)) as amount_keur,
    source_table,
    source_delivery
from landed
union all
select
    municipality_code,
    fiscal_year,
    post_group,
    amount_keur,
    cbs_table as source_table,
    cast(null as varchar) as source_delivery
from bundled
