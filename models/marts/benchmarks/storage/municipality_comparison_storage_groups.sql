-- What the rows of `municipality_comparison_storage` share: one per measure, year, report, boundary
-- and peer group. Sums and values around the quartiles are those of all members.
select
    group_row,
    members_n,
    n,
    cast(value_sum as decimal(18, 6)) as value_sum,
    cast(numerator_sum as decimal(18, 3)) as numerator_sum,
    cast(people_sum as integer) as people_sum,
    q1_a,
    q1_b,
    q1_c,
    q2_a,
    q2_b,
    q2_c,
    q3_a,
    q3_b,
    q3_c
from {{ ref('int_comparison__peers') }}
order by group_row
