-- One row per boundary, municipality, report and cluster of taakvelden: sums of taakvelden, or of
-- the rolled-up codes that our bundled source gives instead. Null where one taakveld is.
with

amounts as (

    select * from {{ ref('int_boundaries__amounts') }}
    where level != 'total'

),

taakvelden as (

    select * from {{ ref('stg_reference__taakvelden') }}

),

codes as (

    select distinct
        fiscal_year,
        taakveld_code,
        level
    from amounts

),

-- A code that is rolled up stands for all codes that begin with it; they are of one cluster.
clusters as (

    select distinct
        codes.fiscal_year,
        codes.taakveld_code,
        codes.level,
        taakvelden.cluster_code,
        taakvelden.cluster_name
    from codes
    inner join taakvelden
        on
            if(
                codes.level = 'rolled_up',
                starts_with(taakvelden.taakveld_code, codes.taakveld_code),
                codes.taakveld_code = taakvelden.taakveld_code
            )
            and codes.fiscal_year
            between taakvelden.valid_from_year and coalesce(taakvelden.valid_to_year, 9999)
    where taakvelden.cluster_code is not null

)

select
    amounts.boundary,
    amounts.municipality_code,
    amounts.fiscal_year,
    amounts.report,
    clusters.cluster_code,
    any_value(clusters.cluster_name) as cluster_name,
    min(amounts.vintage) as vintage,
    cast(
        if(count(amounts.expenses_keur) = count(*), sum(amounts.expenses_keur), null)
        as decimal(18, 3)
    ) as expenses_keur,
    cast(
        if(count(amounts.revenue_keur) = count(*), sum(amounts.revenue_keur), null)
        as decimal(18, 3)
    ) as revenue_keur,
    cast(count(*) as integer) as taakvelden_n,
    -- One delivery holds all taakvelden of a report, so that they share their status.
    min(amounts.value_status) as value_status,
    min(amounts.revenue_status) as revenue_status,
    min(amounts.source_table) as source_table,
    min(amounts.source_delivery) as source_delivery,
    min(amounts.parts) as parts
from amounts
inner join clusters
    on
        amounts.fiscal_year = clusters.fiscal_year
        and amounts.taakveld_code = clusters.taakveld_code
        and amounts.level = clusters.level
group by
    amounts.boundary,
    amounts.municipality_code,
    amounts.fiscal_year,
    amounts.report,
    clusters.cluster_code
