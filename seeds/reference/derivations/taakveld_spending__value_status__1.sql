select
    municipality_code,
    fiscal_year,
    report,
    taakveld_code,
    value_status as value
from marts.taakveld_spending
where
    municipality_code = $municipality_code
    and fiscal_year = $fiscal_year
    and report = $report
    and taakveld_cluster = $cluster_code
order by taakveld_code
