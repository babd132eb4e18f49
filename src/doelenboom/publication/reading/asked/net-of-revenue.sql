-- question: Wat kost een cluster per inwoner als de baten ervan af gaan?
-- reading: Euro per inwoner, Iv3 onbewerkt. Baten zijn alleen bekend van jaren die een bron ervoor hebben; wie betaalt staat er niet bij.
-- municipality: needed
-- cluster: jeugd
-- report: accounts
-- year: every
-- label expenses: Lasten per inwoner, in euro
-- label revenue: Baten per inwoner, in euro
-- label net: Lasten min baten per inwoner, in euro
-- label net_median_of_all: Mediaan lasten min baten van alle andere gemeenten, in euro
select
    spending.fiscal_year,
    spending.municipality_name,
    spending.report,
    spending.cluster_name,
    spending.expenses_eur_per_inhabitant as expenses,
    cast(spending.revenue_keur * 1000 / spending.inhabitants as decimal(18, 2)) as revenue,
    cast(net.value as decimal(18, 2)) as net,
    cast(net.peer_median as decimal(18, 2)) as net_median_of_all,
    net.peers_n,
    net.comparability,
    net.comparability_reasons,
    spending.revenue_status
from marts.cluster_spending as spending
left join marts.municipality_comparison as net
    on
        spending.municipality_code = net.municipality_code
        and spending.fiscal_year = net.fiscal_year
        and spending.report = net.report
        and net.measure_code = concat('iv3_net_cost_cluster_', spending.cluster_code)
        and net.boundary = 'as_reported'
        and net.peer_group_code = 'all'
where
    list_contains($municipality, spending.municipality_code)
    and spending.cluster_code = $cluster
    and spending.report = $report
    and spending.fiscal_year = coalesce($year, spending.fiscal_year)
order by spending.municipality_name, spending.fiscal_year
