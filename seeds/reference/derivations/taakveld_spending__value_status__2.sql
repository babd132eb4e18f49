select
    municipality_code,
    fiscal_year,
    report,
    taakveld_code,
    if($flow = 'expenses', value_status, revenue_status) as value
from marts.taakveld_spending
where
    municipality_code = $municipality_code
    and fiscal_year = $fiscal_year
    and report = 'accounts'
    and taakveld_code = $taakveld_code
