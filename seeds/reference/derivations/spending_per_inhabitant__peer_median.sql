select
    municipality_code,
    fiscal_year,
    report,
    measure_code,
    boundary,
    peer_group_code,
    peer_median as value
from marts.municipality_comparison
where
    municipality_code = $municipality_code
    and fiscal_year = $fiscal_year
    and report = $report
    and measure_code = concat('iv3_expenses_cluster_', $cluster_code)
    and boundary = 'as_reported'
    and peer_group_code = 'all'
