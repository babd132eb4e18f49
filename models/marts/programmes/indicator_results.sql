with

indicators as (

    select * from {{ ref('int_accounts__indicator_verdicts') }}

)

select
    municipality_code,
    fiscal_year,
    programme_code,
    indicator_code,
    indicator_kind,
    indicator_name,
    policy_field,
    objective_code_printed,
    objective_code_via_theme,
    theme_code,
    products,
    unit,
    direction,
    direction_basis,
    score_year,
    measurement_period,
    score,
    previous_score,
    target,
    target_year,
    target_type,
    target_condition,
    margin_of_error,
    confidence_level,
    margin_status,
    measurement_basis,
    verdict_computed,
    verdict_stated,
    change_stated,
    verdicts_agree,
    verdict,
    verdict_basis,
    {{ verdict_label_nl() }} as verdict_label,
    value_status,
    status_reason,
    continued,
    score_source,
    source_document,
    source_line,
    change_source_line
from indicators
order by municipality_code, fiscal_year, programme_code, indicator_code
