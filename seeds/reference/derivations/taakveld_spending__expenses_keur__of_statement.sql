select
    municipality_code,
    fiscal_year,
    report,
    taakveld_code,
    expenses_keur as value
from marts.taakveld_spending
where
    municipality_code = $municipality_code
    and fiscal_year = $fiscal_year
    and report = $report
order by taakveld_code
