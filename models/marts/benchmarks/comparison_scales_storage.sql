-- The rows of `comparison_scales`, with numbers of steps for where an axis starts and ends; the
-- steps are words, since there are few.
-- Groups of neighbours have no scale of their own: they are drawn on the narrowest of the measure
-- and year that holds them. Values beyond three interquartile ranges of ten peers or more stand
-- beside the scale, as in `peer_outliers`.
{% set fences = 3 -%}
with

peers as (

    select * from {{ ref('int_comparison__peers') }}
    where n > 0

),

places as (

    select * from {{ ref('int_comparison__places') }}
    where peer_value is not null

),

blocks as (

    select * from {{ ref('int_comparison__blocks') }}

),

peer_groups as (

    select * from {{ ref('int_peers__groups') }}

),

fenced as (

    select
        group_key,
        boundary,
        n,
        if(n >= 10 and p25 < p75, p25 - {{ fences }} * (p75 - p25), -1e12) as lowest_near,
        if(n >= 10 and p25 < p75, p75 + {{ fences }} * (p75 - p25), 1e12) as highest_near
    from peers

),

reaching as (

    select
        fenced.group_key,
        any_value(fenced.boundary) as boundary,
        cast(any_value(fenced.n) as integer) as values_n,
        min(places.peer_value) as lowest,
        max(places.peer_value) as highest,
        cast(count(*) as integer) as near_n
    from fenced
    inner join places
        on
            fenced.group_key = places.group_key
            and places.peer_value between fenced.lowest_near and fenced.highest_near
    group by fenced.group_key

),

stepped as (

    select
        *,
        {{ nice_step('lowest', 'highest') }} as step
    from reaching

),

scaled as (

    select
        *,
        cast(floor(lowest / step) * step as decimal(18, 6)) as low,
        cast(
            greatest(ceil(highest / step) * step, (floor(lowest / step) + 1) * step)
            as decimal(18, 6)
        ) as high
    from stepped

),

named as (

    select
        blocks.fiscal_year,
        blocks.report,
        blocks.measure_code,
        sides.boundary,
        peer_groups.peer_group_code,
        scaled.values_n,
        scaled.values_n - scaled.near_n as far_out_n,
        scaled.low,
        scaled.high,
        cast(scaled.step as decimal(18, 6)) as step,
        least(min(scaled.low) over of_all_years, 0) as trend_lowest,
        greatest(max(scaled.high) over of_all_years, 0) as trend_highest
    from scaled
    inner join blocks
        on scaled.group_key // (2 * {{ groups_apart() }}) = blocks.block_no
    inner join peer_groups on scaled.group_key % {{ groups_apart() }} = peer_groups.group_no
    inner join (values ('as_reported'), ('current')) as sides (boundary)
        on scaled.boundary in ('both', sides.boundary)
    window
        of_all_years as (
            partition by
                blocks.report, blocks.measure_code, sides.boundary, peer_groups.peer_group_code
        )

),

trended as (

    select
        *,
        {{ nice_step('trend_lowest', 'trend_highest') }} as trend_step
    from named

)

select
    fiscal_year,
    report,
    measure_code,
    boundary,
    peer_group_code,
    values_n,
    far_out_n,
    cast(round(low / step) as integer) as low_steps,
    cast(round(high / step) as integer) as high_steps,
    {{ step_word('step') }} as step,
    cast(floor(trend_lowest / trend_step) as integer) as trend_low_steps,
    cast(ceil(trend_highest / trend_step) as integer) as trend_high_steps,
    {{ step_word('trend_step') }} as trend_step
from trended
order by fiscal_year, report, measure_code, boundary, peer_group_code
