select
    municipality_code,
    fiscal_year,
    overhead_pct,
    peer_median_pct,
    peers_n,
    caution_text,
    value_status
from marts.overhead
where report = 'accounts'
order by municipality_code, fiscal_year
