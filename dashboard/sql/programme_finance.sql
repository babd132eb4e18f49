select *
from marts.programme_finance
order by municipality_code, fiscal_year, programme_code, is_total, line_item, flow
