select
    municipality_code,
    fiscal_year,
    report,
    cluster_code,
    net_cost_keur as value
from marts.cluster_spending
where fiscal_year = $fiscal_year and report = 'accounts' and net_cost_keur is not null
order by municipality_code, cluster_code
