select
    c.municipality_code,
    c.fiscal_year,
    c.report,
    c.measure_code,
    c.boundary,
    c.peer_group_code,
    c.value
from marts.municipality_comparison as c
where
    c.fiscal_year = $fiscal_year
    and c.report = $report
    and c.boundary = $boundary
    and c.measure_code = concat('iv3_expenses_cluster_', $cluster_code, '_with_overhead')
    and c.peer_group_code = 'all'
    and c.municipality_code in (
        select municipality_code from marts.overhead_sensitivity
        where
            fiscal_year = $fiscal_year
            and report = $report
            and boundary = $boundary
            and cluster_code = $cluster_code
    )
order by c.municipality_code
