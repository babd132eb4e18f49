select
    municipality_code,
    fiscal_year,
    state_grants_pct,
    peer_median_pct,
    peers_n,
    caution_text,
    value_status
from marts.state_grants
where report = 'accounts'
order by municipality_code, fiscal_year
