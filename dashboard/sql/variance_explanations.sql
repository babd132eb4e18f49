select *
from marts.variance_explanations
order by municipality_code, fiscal_year, programme_code, amount_keur desc, explanation_no
