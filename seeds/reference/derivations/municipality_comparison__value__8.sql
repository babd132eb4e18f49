select
    municipality_code,
    fiscal_year,
    report,
    measure_code,
    boundary,
    peer_group_code,
    value
from marts.municipality_comparison
where
    fiscal_year = $fiscal_year
    and report = $report
    and measure_code = $measure_code
    and boundary = $boundary
    and peer_group_code = $peer_group_code
    and is_peer
    and value is not null
order by municipality_code
