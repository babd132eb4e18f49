select *
from marts.indicator_coverage
order by municipality_code, fiscal_year, programme_code, coverage_basis
