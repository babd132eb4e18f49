select
    measure_code,
    report,
    boundary,
    peer_group_code,
    fiscal_year,
    low,
    high,
    step,
    trend_low,
    trend_high,
    trend_step
from marts.comparison_scales
order by measure_code, report, boundary, peer_group_code, fiscal_year
