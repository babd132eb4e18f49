with

action_points as (

    select * from {{ ref('stg_accounts__action_points') }}

)

select
    municipality_code,
    fiscal_year,
    programme_code,
    action_code,
    theme_code,
    objective_code,
    title,
    partner,
    deadline,
    status_interim,
    status_final,
    status_from_text,
    carried_over,
    savings_target_keur,
    savings_realised,
    explanation,
    value_status,
    status_reason,
    source_document,
    source_line,
    explanation_source_line
from action_points
order by municipality_code, fiscal_year, programme_code, action_code
