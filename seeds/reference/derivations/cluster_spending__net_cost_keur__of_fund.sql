select
    municipality_code,
    fiscal_year,
    report,
    cluster_code,
    net_cost_keur as value
from marts.cluster_spending
where
    municipality_code = $municipality_code
    and fiscal_year = $fiscal_year
    and report = $net_cost_report
    and list_contains(string_split($taakveld_clusters_text, ', '), cluster_code)
order by cluster_code
