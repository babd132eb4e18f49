-- One row per indicator, own and statutory, with the verdict that its figures or its text give.
with

own as (

    select * from {{ ref('stg_accounts__indicators') }}

),

statutory as (

    select * from {{ ref('stg_accounts__statutory_indicators') }}

),

definitions as (

    select * from {{ ref('stg_reference__statutory_indicator_definitions') }}

),

goal_tree as (

    select * from {{ ref('stg_accounts__goal_tree') }}

),

all_indicators as (

    select
        own.municipality_code,
        own.fiscal_year,
        own.programme_code,
        own.indicator_code,
        'own' as indicator_kind,
        own.indicator_name,
        null as policy_field,
        own.objective_code_printed,
        theme.parent_node_code as objective_code_via_theme,
        own.theme_code,
        own.products,
        own.unit,
        own.direction,
        own.direction_basis,
        own.score_year,
        own.measurement_period,
        own.score,
        own.previous_score,
        own.target,
        own.target_status,
        own.target_year,
        own.target_type,
        own.target_condition,
        own.margin_of_error,
        own.confidence_level,
        own.margin_status,
        own.measurement_basis,
        own.verdict_stated,
        own.change_stated,
        own.value_status,
        own.status_reason,
        own.continued,
        null as score_source,
        own.source_document,
        own.source_line,
        own.verdict_source_line,
        own.change_source_line,
        'indicators' as seed_name,
        own.seed_line
    from own
    left join goal_tree as theme
        on
            own.municipality_code = theme.municipality_code
            and own.fiscal_year = theme.fiscal_year
            and own.programme_code = theme.programme_code
            and own.theme_code = theme.node_code
            and theme.node_type = 'theme'
    union all
    select
        statutory.municipality_code,
        statutory.fiscal_year,
        statutory.programme_code,
        statutory.indicator_code,
        'statutory' as indicator_kind,
        statutory.indicator_name,
        statutory.policy_field,
        null as objective_code_printed,
        null as objective_code_via_theme,
        null as theme_code,
        null as products,
        statutory.unit,
        definitions.direction,
        definitions.direction_basis,
        statutory.score_year,
        cast(statutory.score_year as varchar) as measurement_period,
        statutory.score,
        null as previous_score,
        statutory.target,
        statutory.target_status,
        statutory.target_year,
        statutory.target_type,
        null as target_condition,
        statutory.margin_of_error,
        statutory.confidence_level,
        statutory.margin_status,
        statutory.measurement_basis,
        null as verdict_stated,
        null as change_stated,
        statutory.value_status,
        statutory.status_reason,
        null as continued,
        statutory.score_source,
        statutory.source_document,
        statutory.source_line,
        null as verdict_source_line,
        null as change_source_line,
        'statutory_indicators' as seed_name,
        statutory.seed_line
    from statutory
    left join definitions on statutory.indicator_code = definitions.indicator_code

),

computed as (

    select
        *,
        {{ computed_verdict() }} as verdict_computed
    from all_indicators

)

select
    *,
    verdict_computed = verdict_stated as verdicts_agree,
    case
        when verdict_computed is not null then verdict_computed
        when verdict_stated is not null then verdict_stated
        when value_status = 'not_captured' then 'not_captured'
        when score is null then 'not_measured'
        when target_status = 'not_captured' then 'not_captured'
        when target is null then 'no_target'
        when target_year > score_year then 'not_due'
    end as verdict,
    case
        when verdict_computed is not null then 'computed'
        when verdict_stated is not null then 'stated'
        else 'none'
    end as verdict_basis
from computed
