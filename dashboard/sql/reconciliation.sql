select *
from marts.reconciliation
order by municipality_code, fiscal_year, programme_code, status, identity, subject, phase
