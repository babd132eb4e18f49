select
    municipality_code,
    fiscal_year,
    report,
    cluster_code,
    value_status as value
from marts.cluster_spending
where
    municipality_code = $municipality_code
    and fiscal_year = $fiscal_year
    and report = $report
    and cluster_code = $cluster_code
