-- Of ten values or more, whose comparison says something. Equal values are of one class, so there
-- can be fewer than five.
with

own as (

    select * from {{ ref('int_comparison__own') }}
    where boundary = 'current' and peer_value is not null and comparability != 'not_comparable'

),

blocks as (

    select * from {{ ref('int_comparison__blocks') }}

),

measures as (

    select * from {{ ref('int_comparison__measure_groups') }}
    where peer_group_code = 'all'

),

bounded as (

    select
        block_no,
        quantile_cont(value, [0.2, 0.4, 0.6, 0.8]) as bounds
    from own
    group by block_no
    having count(*) >= 10

),

classed as (

    select
        blocks.fiscal_year,
        blocks.report,
        blocks.measure_code,
        1
        {%- for place in [1, 2, 3, 4] %}
        + cast(own.value >= bounded.bounds[{{ place }}] as integer)
        {%- endfor %} as class_no,
        own.value
    from own
    inner join bounded on own.block_no = bounded.block_no
    inner join blocks on own.block_no = blocks.block_no
    inner join measures on blocks.measure_code = measures.measure_code

)

select
    fiscal_year,
    report,
    measure_code,
    cast(class_no as integer) as class_no,
    min(value) as lowest_value,
    max(value) as highest_value,
    cast(count(*) as integer) as municipalities_n
from classed
group by fiscal_year, report, measure_code, class_no
order by fiscal_year, report, measure_code, class_no
