-- One row per peer group, boundary, year, report and measure with a value of at least one member:
-- what the members' values add up to, their quartiles (`p25, median, p75`), and for each quartile
-- the values around it (`_a, _b, _c`), from which `quartile_without` makes that of the others of
-- one member.
with

measured as (

    select * from {{ ref('int_comparison__values') }}
    where value is not null

),

members as (

    select * from {{ ref('int_peers__members') }}

),

measure_groups as (

    select * from {{ ref('int_comparison__measure_groups') }}

),

collected as (

    select
        members.peer_group_code,
        measured.boundary,
        measured.fiscal_year,
        measured.report,
        measured.measure_code,
        count(*) as n,
        list(measured.value order by measured.value) as sorted,
        sum(measured.value) as value_sum,
        sum(measured.numerator_keur) as numerator_sum,
        sum(measured.people) as people_sum
    from measured
    inner join members
        on
            measured.boundary = members.boundary
            and measured.fiscal_year = members.fiscal_year
            and measured.municipality_code = members.municipality_code
    semi join measure_groups
        on
            measured.measure_code = measure_groups.measure_code
            and members.peer_group_code = measure_groups.peer_group_code
    group by
        members.peer_group_code,
        measured.boundary,
        measured.fiscal_year,
        measured.report,
        measured.measure_code

)

select
    peer_group_code,
    boundary,
    fiscal_year,
    report,
    measure_code,
    n,
    value_sum,
    numerator_sum,
    people_sum,
    {{ quartile(1, 'sorted', 'n') }} as p25,
    {{ quartile(2, 'sorted', 'n') }} as median,
    {{ quartile(3, 'sorted', 'n') }} as p75,
    {% for quarter in [1, 2, 3] -%}
    {% for letter in 'abc' -%}
    if(n > 1, sorted[(n - 2) * {{ quarter }} // 4 + {{ loop.index }}], null)
        as q{{ quarter }}_{{ letter }},
    {% endfor -%}
    {% endfor -%}
    if(starts_with(peer_group_code, 'nearest_'), sorted, null) as sorted_neighbours
from collected
