select
    measure_code,
    peer_group_code,
    fiscal_year,
    low,
    high,
    step,
    trend_low,
    trend_high,
    trend_step
from marts.comparison_scales
where
    report = 'accounts'
    and boundary = 'as_reported'
    and peer_group_code like 'size_class_%'
    and (measure_code like 'iv3_expenses_cluster_%' or measure_code = 'iv3_expenses_total')
order by measure_code, peer_group_code, fiscal_year
