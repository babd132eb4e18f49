select
    fiscal_year,
    report,
    measure_code,
    boundary,
    peer_group_code,
    values_n,
    far_out_n,
    cast(low_steps * step_size as decimal(18, 6)) as low,
    cast(high_steps * step_size as decimal(18, 6)) as high,
    step_size as step,
    cast(trend_low_steps * trend_step_size as decimal(18, 6)) as trend_low,
    cast(trend_high_steps * trend_step_size as decimal(18, 6)) as trend_high,
    trend_step_size as trend_step
from (
    select
        *,
        cast(cast(step as varchar) as decimal(18, 6)) as step_size,
        cast(cast(trend_step as varchar) as decimal(18, 6)) as trend_step_size
    from {{ ref('comparison_scales_storage') }}
)
