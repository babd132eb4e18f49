select
    municipality_code,
    fiscal_year,
    joint_arrangements_pct,
    peer_median_pct,
    peers_n,
    caution_text,
    value_status
from marts.intergovernmental_flows
where report = 'accounts'
order by municipality_code, fiscal_year
