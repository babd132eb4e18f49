select
    municipality_code,
    fiscal_year,
    report,
    revenue_keur as value
from marts.iv3_deliveries
where
    municipality_code = $municipality_code
    and fiscal_year = $fiscal_year
    and report = $report
