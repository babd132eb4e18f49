select
    municipality_code,
    fiscal_year,
    report,
    cluster_code,
    expenses_keur as value
from marts.cluster_spending
where
    municipality_code = $municipality_code
    and fiscal_year = $fiscal_year
    and report = 'accounts'
    and cluster_code = $subject_code
