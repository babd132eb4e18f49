with

action_points as (

    select * from {{ ref('stg_accounts__action_points') }}

),

names as (

    select * from {{ ref('int_programmes__names') }}

),

nodes as (

    select * from {{ ref('int_accounts__goal_tree') }}

),

named as (

    {{ with_names('action_points') }}

)

select
    municipality_code,
    fiscal_year,
    programme_code,
    action_code,
    municipality_name,
    programme_name,
    theme_code,
    {{ node_name('theme', 'named', 'theme_code') }} as theme_name,
    objective_code,
    {{ node_name('objective', 'named', 'objective_code') }} as objective_name,
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
from named
order by municipality_code, fiscal_year, programme_code, action_code
