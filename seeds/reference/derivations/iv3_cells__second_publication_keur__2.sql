select
    municipality_code,
    fiscal_year,
    report,
    taakveld_code,
    category_code,
    second_publication_keur as value
from marts.iv3_cells
where municipality_code = $municipality_code and fiscal_year = $fiscal_year and report = $report
order by taakveld_code, category_code
