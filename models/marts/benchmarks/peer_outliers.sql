-- Beyond three interquartile ranges: what Tukey calls far out. Of fewer than ten peers nothing is.
-- Asked of the comparison, of which it is one row in 35.
{% set fences = 3 -%}
with

compared as (

    select * from {{ ref('municipality_comparison') }}
    where peers_n >= 10 and peer_p25 < peer_p75

),

placed as (

    select
        *,
        case
            when value > peer_p75 then (value - peer_p75) / (peer_p75 - peer_p25)
            when value < peer_p25 then (value - peer_p25) / (peer_p75 - peer_p25)
        end as interquartile_ranges
    from compared

)

select
    municipality_code,
    fiscal_year,
    report,
    measure_code,
    boundary,
    peer_group_code,
    municipality_name,
    measure_name,
    unit,
    peer_group_name,
    value,
    peers_n,
    peer_p25,
    peer_median,
    peer_p75,
    cast(round(interquartile_ranges, 6) as decimal(18, 6)) as interquartile_ranges,
    comparability,
    comparability_reasons
from placed
where abs(interquartile_ranges) > {{ fences }}
