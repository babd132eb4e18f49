with

indicators as (

    select * from {{ ref('int_accounts__indicator_verdicts') }}

),

names as (

    select * from {{ ref('int_programmes__names') }}

),

nodes as (

    select * from {{ ref('int_accounts__goal_tree') }}

),

named as (

    {{ with_names('indicators') }}

)

select
    municipality_code,
    fiscal_year,
    programme_code,
    indicator_code,
    municipality_name,
    programme_name,
    indicator_kind,
    indicator_name,
    policy_field,
    objective_code_printed,
    objective_code_via_theme,
    theme_code,
    {{ node_name('theme', 'named', 'theme_code') }} as theme_name,
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
from named
order by municipality_code, fiscal_year, programme_code, indicator_code
