select
    municipality_code,
    fiscal_year,
    edition_year,
    ratio_code,
    ratio_name,
    printed_value,
    recomputed_value,
    class_code,
    is_worse
from marts.financial_ratios
where
    figure_kind = 'actual'
    and (printed_value is not null or recomputed_value is not null)
order by municipality_code, ratio_name, fiscal_year, edition_year
