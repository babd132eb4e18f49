select
    identity,
    municipality_code,
    fiscal_year,
    programme_code,
    subject,
    phase,
    status as value
from marts.reconciliation
where
    municipality_code = $municipality_code
    and fiscal_year = $fiscal_year
    and programme_code = $programme_code
order by all
