select *
from marts.programme_results
order by municipality_code, fiscal_year, programme_code
