-- One row per municipality, year, budget or accounts, and cluster of the municipal fund: what it
-- spends on the clusters of taakvelden that it is set against; null where one of them is not known.
with

spending as (

    select
        *,
        expenses_keur - revenue_keur as net_cost_keur
    from {{ ref('int_boundaries__cluster_amounts') }}
    where boundary = 'as_reported' and report in ('budget', 'accounts')

),

correspondences as (

    select
        *,
        count(*) over (partition by fund_cluster_code) as clusters_n
    from {{ ref('stg_reference__fund_cluster_taakvelden') }}

),

summed as (

    select
        spending.municipality_code,
        spending.fiscal_year,
        spending.report,
        correspondences.fund_cluster_code,
        count(spending.expenses_keur) = any_value(correspondences.clusters_n) as is_spent_known,
        count(spending.net_cost_keur) = any_value(correspondences.clusters_n) as is_known,
        sum(spending.expenses_keur) as expenses_keur,
        sum(spending.net_cost_keur) as net_cost_keur,
        min(spending.value_status) as least_status,
        bool_or(spending.expenses_keur < 0) as is_below_zero,
        bool_or('provisional' in (spending.value_status, spending.revenue_status))
            as is_provisional
    from spending
    inner join correspondences on spending.cluster_code = correspondences.cluster_code
    group by
        spending.municipality_code,
        spending.fiscal_year,
        spending.report,
        correspondences.fund_cluster_code

)

select
    municipality_code,
    fiscal_year,
    report,
    fund_cluster_code,
    cast(if(is_spent_known, expenses_keur, null) as decimal(18, 3)) as expenses_keur,
    cast(if(is_known, net_cost_keur, null) as decimal(18, 3)) as net_cost_keur,
    is_known and is_below_zero as is_below_zero,
    case
        when is_known then if(is_provisional, 'provisional', 'reported')
        when starts_with(least_status, 'not_') then least_status
        else 'not_captured'
    end as value_status
from summed
