select
    municipality_code,
    dataset,
    report,
    level,
    fiscal_year,
    status,
    reason
from marts.coverage
where status <> 'complete' and dataset <> 'accounts'
order by municipality_code, dataset, level, report, fiscal_year
