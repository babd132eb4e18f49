-- One row per explained amount, beside the variance of the table line that it is about: the net
-- of all flows of that line. A hedge may bound the amount from below (`ruim`) or above (`bijna`).
with

variance_explanations as (

    select * from {{ ref('stg_accounts__variance_explanations') }}

),

finance_lines as (

    select * from {{ ref('int_accounts__finance_lines') }}

),

line_variances as (

    select
        municipality_code,
        fiscal_year,
        programme_code,
        line_item,
        sum(variance_keur) as variance_keur,
        count(*) as printed_figures
    from finance_lines
    where not is_total and variance_keur is not null
    group by municipality_code, fiscal_year, programme_code, line_item

),

compared as (

    select
        variance_explanations.*,
        line_variances.variance_keur as table_amount_keur,
        variance_explanations.amount_keur - line_variances.variance_keur as difference_keur,
        {{ rounding_room(
            'variance_explanations.rounded_to_keur', 'variance_explanations.hedge'
        ) }}
        + {{ rounding_room('line_variances.printed_figures') }} as tolerance_keur
    from variance_explanations
    left join line_variances
        on
            variance_explanations.municipality_code = line_variances.municipality_code
            and variance_explanations.fiscal_year = line_variances.fiscal_year
            and variance_explanations.programme_code = line_variances.programme_code
            and variance_explanations.line_item = line_variances.line_item
            and variance_explanations.role = 'component'

)

select
    municipality_code,
    fiscal_year,
    programme_code,
    explanation_no,
    role,
    parent_explanation_no,
    subject,
    amount_keur,
    amount_text,
    rounded_to_keur,
    hedge,
    nature,
    reason,
    line_item,
    flows,
    value_status,
    source_document,
    source_line,
    seed_line,
    table_amount_keur,
    difference_keur,
    case
        when table_amount_keur is null then 'no_table_line'
        when difference_keur = 0 then 'reconciled'
        when abs(difference_keur) > tolerance_keur then 'differs'
        when
            hedge in ({{ hedges_that_bound('lower') }})
            and abs(table_amount_keur) < abs(amount_keur)
            then 'differs'
        when
            hedge in ({{ hedges_that_bound('upper') }})
            and abs(table_amount_keur) > abs(amount_keur)
            then 'differs'
        else 'rounding'
    end as reconciliation
from compared
