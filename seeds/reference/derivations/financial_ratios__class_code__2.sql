select
    municipality_code,
    fiscal_year,
    edition_year,
    ratio_code,
    class_code as value
from marts.financial_ratios
where
    municipality_code = $municipality_code
    and ratio_code = $ratio_code
    and figure_kind = 'actual'
    and fiscal_year = $fiscal_year - if($figure_kind = 'actual', 1, 2)
