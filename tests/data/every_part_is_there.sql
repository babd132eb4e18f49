-- Offenders: parts of a chapter of which the accounts package holds other rows than
-- seeds/accounts/chapter_parts.csv says, and parts of which it says nothing.
with

parts as (

    select unnest([
        'cost_line', 'total_expenses', 'total_revenue', 'total_net_cost',
        'total_transfer_to_reserves', 'total_transfer_from_reserves', 'total_net_reserve_movement',
        'total_net_cost_after_reserves', 'original_budget', 'final_budget', 'actual', 'variance',
        'objective', 'theme', 'product', 'own_indicator',
        'statutory_indicator', 'action_point', 'explanation_component', 'explanation_other',
        'forecast', 'fact_amount', 'fact_claim', 'fact_priority', 'fact_other'
    ]) as part

)

select
    programmes.municipality_code,
    programmes.fiscal_year,
    programmes.programme_code,
    parts.part,
    stated.rows_n as rows_stated,
    coalesce(found.rows_n, 0) as rows_found
from {{ ref('stg_accounts__programmes') }} as programmes
cross join parts
left join {{ ref('stg_accounts__chapter_parts') }} as stated
    on
        programmes.municipality_code = stated.municipality_code
        and programmes.fiscal_year = stated.fiscal_year
        and programmes.programme_code = stated.programme_code
        and parts.part = stated.part
left join {{ ref('int_accounts__parts_found') }} as found
    on
        programmes.municipality_code = found.municipality_code
        and programmes.fiscal_year = found.fiscal_year
        and programmes.programme_code = found.programme_code
        and parts.part = found.part
where stated.rows_n is distinct from coalesce(found.rows_n, 0)
