select
    municipality_code,
    fiscal_year,
    hired_staff_pct,
    peer_median_pct,
    peers_n,
    caution_text,
    value_status
from marts.staff_and_hire
where report = 'accounts'
order by municipality_code, fiscal_year
