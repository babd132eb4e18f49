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
    and report = $report
    and cluster_code = (
        select subject_code from marts.dim_indicator
        where indicator_code = $measure_code
    )
