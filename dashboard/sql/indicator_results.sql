select *
from marts.indicator_results
order by municipality_code, fiscal_year, programme_code, indicator_kind, source_line, indicator_code
