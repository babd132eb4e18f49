-- One row per boundary, municipality, report and cluster of taakvelden: sums of taakvelden, or of
-- the rolled-up codes that our bundled source gives instead. Null where one taakveld is, and where
-- one is known only within a sum that another cluster has a part in.
with

codes as (

    select * from {{ ref('int_iv3__codes') }}

),

shared as (

    select
        fiscal_year,
        taakveld_code
    from codes
    where level = 'rolled_up' and cluster_code is null

),

amounts as (

    select * from {{ ref('int_boundaries__amounts') }}
    where
        level != 'total'
        and (
            known_within is null
            or (fiscal_year, known_within) in (
                select (shared.fiscal_year, shared.taakveld_code) from shared
            )
        )

)

select
    amounts.boundary,
    amounts.municipality_code,
    amounts.fiscal_year,
    amounts.report,
    codes.cluster_code,
    any_value(codes.cluster_name) as cluster_name,
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
    -- One delivery holds all taakvelden of a report, so that they share their status, but for what
    -- our copy of it knows only within a sum.
    if(
        bool_or(amounts.value_status = 'not_captured'), 'not_captured', min(amounts.value_status)
    ) as value_status,
    if(
        bool_or(amounts.revenue_status = 'not_captured'),
        'not_captured',
        min(amounts.revenue_status)
    ) as revenue_status,
    min(amounts.source_table) as source_table,
    min(amounts.source_delivery) as source_delivery,
    min(amounts.parts) as parts,
    max(amounts.missing_share) as missing_share
from amounts
inner join codes
    on
        amounts.fiscal_year = codes.fiscal_year
        and amounts.taakveld_code = codes.taakveld_code
        and amounts.level = codes.level
where codes.cluster_code is not null
group by
    amounts.boundary,
    amounts.municipality_code,
    amounts.fiscal_year,
    amounts.report,
    codes.cluster_code
