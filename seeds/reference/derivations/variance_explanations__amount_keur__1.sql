select
    municipality_code,
    fiscal_year,
    programme_code,
    explanation_no,
    amount_keur as value,
    line_item,
    flows
from marts.variance_explanations
where
    municipality_code = $municipality_code
    and fiscal_year = $fiscal_year
    and programme_code = $programme_code
    and role = 'component'
order by explanation_no
