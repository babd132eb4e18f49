-- One row per municipality, year, circular of the municipal fund and cluster: its allocation
-- beside the net cost of the taakvelden that the cluster is set against. The accounts of the year
-- where the net cost of any is known, else its budget: one report for all of a year, so that peers
-- are alike. Where a circular adds payments that others leave out, or expenses are below zero, no
-- difference is made.
with

allocations as (

    select * from {{ ref('stg_benchmarks__fund_allocation') }}

),

circulars as (

    select * from {{ ref('stg_reference__fund_circulars') }}

),

clusters as (

    select * from {{ ref('stg_reference__fund_clusters') }}

),

correspondences as (

    select * from {{ ref('stg_reference__fund_cluster_taakvelden') }}

),

net_costs as (

    select * from {{ ref('int_position__fund_spending') }}

),

population as (

    select * from {{ ref('int_boundaries__inhabitants') }}
    where boundary = 'as_reported'

),

reports as (

    select
        fiscal_year,
        if(bool_or(report = 'accounts' and net_cost_keur is not null), 'accounts', 'budget')
            as report
    from net_costs
    group by fiscal_year

),

set_against as (

    select
        fund_cluster_code,
        string_agg(cluster_code, ', ' order by cluster_code) as taakveld_clusters
    from correspondences
    group by fund_cluster_code

),

joined as (

    select
        allocations.municipality_code,
        allocations.fiscal_year,
        allocations.circular,
        allocations.fund_cluster_code,
        clusters.fund_cluster_name,
        clusters.reason as correspondence,
        circulars.circular_name,
        circulars.payment_factor,
        circulars.contents,
        circulars.source,
        case
            when circulars.contents != 'measures' and clusters.holds_payments
                then circulars.evidence
            when net_costs.is_below_zero
                then concat(
                    'Negatieve lasten: met wat hier is afgetrokken ',
                    'is de uitkering niet te vergelijken'
                )
        end as reason_against,
        round(allocations.amount_eur / 1000, 3) as allocation_keur,
        coalesce(reports.report, 'budget') as net_cost_report,
        set_against.taakveld_clusters,
        net_costs.net_cost_keur,
        case
            when set_against.taakveld_clusters is null then 'not_applicable'
            when reason_against is not null then 'not_recomputable'
            else coalesce(net_costs.value_status, 'not_captured')
        end as value_status,
        allocations.seed_line
    from allocations
    inner join circulars
        on
            allocations.circular = circulars.circular
            and allocations.fiscal_year = circulars.fiscal_year
    inner join clusters on allocations.fund_cluster_code = clusters.fund_cluster_code
    left join set_against on allocations.fund_cluster_code = set_against.fund_cluster_code
    left join reports on allocations.fiscal_year = reports.fiscal_year
    left join net_costs
        on
            allocations.municipality_code = net_costs.municipality_code
            and allocations.fiscal_year = net_costs.fiscal_year
            and allocations.fund_cluster_code = net_costs.fund_cluster_code
            and net_costs.report = coalesce(reports.report, 'budget')

)

select
    joined.municipality_code,
    joined.fiscal_year,
    joined.circular,
    joined.fund_cluster_code,
    joined.fund_cluster_name,
    joined.circular_name,
    joined.payment_factor,
    joined.contents,
    joined.reason_against,
    joined.correspondence,
    joined.taakveld_clusters,
    joined.net_cost_report,
    population.inhabitants,
    cast(joined.allocation_keur as decimal(18, 3)) as allocation_keur,
    cast(joined.net_cost_keur as decimal(18, 3)) as net_cost_keur,
    cast(
        if(joined.reason_against is null, joined.allocation_keur - joined.net_cost_keur, null)
        as decimal(18, 3)
    ) as difference_keur,
    {{ eur_per_inhabitant(
        'if(joined.reason_against is null, joined.allocation_keur - joined.net_cost_keur, null)',
        'population.inhabitants'
    ) }} as difference_eur_per_inhabitant,
    joined.value_status,
    joined.source,
    joined.seed_line
from joined
left join population
    on
        joined.municipality_code = population.municipality_code
        and joined.fiscal_year = population.fiscal_year
        and joined.net_cost_report = population.report
