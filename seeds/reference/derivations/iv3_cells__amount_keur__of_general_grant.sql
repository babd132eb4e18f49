select
    municipality_code,
    fiscal_year,
    report,
    taakveld_code,
    category_code,
    amount_keur as value
from marts.iv3_cells
where
    municipality_code = $municipality_code
    and fiscal_year = $fiscal_year
    and report = $report
    and category_code = 'B4.3.1'
    and taakveld_code = '0.7'
