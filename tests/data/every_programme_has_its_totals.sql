-- Offenders: totals and net rows of a cost table that a programme lacks; without them its
-- identities would be absent rather than broken.
select
    programmes.municipality_code,
    programmes.fiscal_year,
    programmes.programme_code,
    expected.flow
from {{ ref('stg_accounts__programmes') }} as programmes
cross join (
    values
    ('expenses'), ('revenue'), ('net_cost'), ('transfer_to_reserves'), ('transfer_from_reserves'),
    ('net_reserve_movement'), ('net_cost_after_reserves')
) as expected (flow)
anti join {{ ref('stg_accounts__programme_finance') }} as finance
    on
        programmes.municipality_code = finance.municipality_code
        and programmes.fiscal_year = finance.fiscal_year
        and programmes.programme_code = finance.programme_code
        and expected.flow = finance.flow
        and finance.is_total
