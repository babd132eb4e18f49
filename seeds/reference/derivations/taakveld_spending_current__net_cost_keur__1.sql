select
    municipality_code,
    fiscal_year,
    report,
    taakveld_code,
    net_cost_keur as value
from marts.taakveld_spending_current
where
    municipality_code = $municipality_code
    and fiscal_year = $fiscal_year
    and report = $report
    and taakveld_code = (
        select subject_code from marts.dim_indicator
        where indicator_code = $measure_code
    )
