select
    fiscal_year,
    report,
    measure_code,
    boundary,
    peer_group_code,
    values_n,
    far_out_n,
    cast(low_steps * step as decimal(18, 6)) as low,
    cast(high_steps * step as decimal(18, 6)) as high,
    step,
    cast(trend_low_steps * trend_step as decimal(18, 6)) as trend_low,
    cast(trend_high_steps * trend_step as decimal(18, 6)) as trend_high,
    trend_step
from {{ ref('comparison_scales_storage') }}
