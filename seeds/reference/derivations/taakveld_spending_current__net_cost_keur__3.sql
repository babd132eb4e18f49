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
    and taakveld_code not in ('0.10', '0.11')
    and source_delivery is not null
order by taakveld_code
