select
    municipality_code,
    fiscal_year,
    subject_name,
    budget_keur,
    accounts_keur,
    difference_pct,
    peer_median_pct,
    peers_n,
    years_n,
    years_over_n,
    value_status
from marts.budget_accuracy
where
    subject_kind in ('cluster', 'total')
    and accounts_keur is not null
order by municipality_code, fiscal_year, subject_kind desc, subject_name
