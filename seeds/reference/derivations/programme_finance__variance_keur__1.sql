select
    municipality_code,
    fiscal_year,
    programme_code,
    line_item,
    flow,
    variance_keur as value
from marts.programme_finance
where
    municipality_code = $municipality_code
    and fiscal_year = $fiscal_year
    and programme_code = $programme_code
    and not is_total
    and variance_keur is not null
order by line_item, flow
