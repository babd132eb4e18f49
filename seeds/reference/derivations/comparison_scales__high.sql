select
    fiscal_year,
    report,
    measure_code,
    boundary,
    peer_group_code,
    high as value
from marts.comparison_scales
where
    report = $report
    and measure_code = $measure_code
    and boundary = $boundary
    and peer_group_code = $peer_group_code
order by fiscal_year
