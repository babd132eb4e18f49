select
    municipality_code,
    fiscal_year,
    local_levies_pct,
    peer_median_pct,
    peers_n,
    caution_text,
    value_status
from marts.local_levies
where report = 'accounts'
order by municipality_code, fiscal_year
