select
    municipality_code,
    fiscal_year,
    report,
    taakveld_code,
    revenue_keur as value
from marts.taakveld_spending
where
    municipality_code = $municipality_code
    and fiscal_year = $fiscal_year
    and report = $report
    and taakveld_code = $taakveld_code
