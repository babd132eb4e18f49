-- The rows of `spending_per_inhabitant` by what is compared and how much it is, so that medians
-- stand in runs; the first percentage of the reasons stands apart, so that there are few of them.
with

spending as (

    select * from {{ ref('cluster_spending') }}

),

compared as (

    select
        *,
        replace(measure_code, 'iv3_expenses_cluster_', '') as cluster_code
    from {{ ref('municipality_comparison') }}
    where
        peer_group_code = 'all'
        and boundary = 'as_reported'
        and starts_with(measure_code, 'iv3_expenses_cluster_')

),

beside as (

    select
        spending.municipality_code,
        spending.fiscal_year,
        spending.report,
        spending.cluster_code,
        spending.municipality_name,
        spending.cluster_name,
        spending.expenses_eur_per_inhabitant as eur_per_inhabitant,
        cast(compared.peer_median as decimal(18, 2)) as peer_median,
        compared.peers_n,
        coalesce(compared.comparability, 'not_comparable') as comparability,
        coalesce(
            compared.comparability_reasons,
            case
                when compared.municipality_code is null
                    then {{ label_nl('value_status', 'spending.value_status') }}
            end
        ) as comparability_reasons,
        spending.value_status
    from spending
    left join compared
        on
            spending.municipality_code = compared.municipality_code
            and spending.fiscal_year = compared.fiscal_year
            and spending.report = compared.report
            and spending.cluster_code = compared.cluster_code

)

select
    municipality_code,
    fiscal_year,
    report,
    cluster_code,
    municipality_name,
    cluster_name,
    eur_per_inhabitant,
    peer_median,
    peers_n,
    comparability,
    {{ without_percentage('comparability_reasons') }} as wording,
    {{ first_percentage('comparability_reasons') }} as percentage,
    value_status
from beside
order by fiscal_year, report, cluster_code, eur_per_inhabitant, municipality_code
