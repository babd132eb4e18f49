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
    and regexp_matches(taakveld_code, '^[0-9]')
    and taakveld_code not in ('0.10', '0.11', '0.7')
order by taakveld_code
