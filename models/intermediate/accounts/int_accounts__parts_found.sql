-- One row per programme and part of which the accounts package holds rows: how many. Of a phase
-- of the cost table it is the number of amounts.
with

programme_finance as (

    select * from {{ ref('stg_accounts__programme_finance') }}

),

cells as (

    select * from {{ ref('int_accounts__finance_cells') }}

),

goal_tree as (

    select * from {{ ref('stg_accounts__goal_tree') }}

),

indicators as (

    select * from {{ ref('stg_accounts__indicators') }}

),

statutory_indicators as (

    select * from {{ ref('stg_accounts__statutory_indicators') }}

),

action_points as (

    select * from {{ ref('stg_accounts__action_points') }}

),

variance_explanations as (

    select * from {{ ref('stg_accounts__variance_explanations') }}

),

forecasts as (

    select * from {{ ref('stg_accounts__forecasts') }}

),

chapter_facts as (

    select * from {{ ref('stg_accounts__chapter_facts') }}

),

unioned as (

    select
        municipality_code,
        fiscal_year,
        programme_code,
        if(is_total, 'total_' || flow, 'cost_line') as part
    from programme_finance
    union all
    select
        municipality_code,
        fiscal_year,
        programme_code,
        phase as part
    from cells
    union all
    select
        municipality_code,
        fiscal_year,
        programme_code,
        node_type as part
    from goal_tree
    union all
    select
        municipality_code,
        fiscal_year,
        programme_code,
        'own_indicator' as part
    from indicators
    union all
    select
        municipality_code,
        fiscal_year,
        programme_code,
        'statutory_indicator' as part
    from statutory_indicators
    union all
    select
        municipality_code,
        fiscal_year,
        programme_code,
        'action_point' as part
    from action_points
    union all
    select
        municipality_code,
        fiscal_year,
        programme_code,
        if(role = 'component', 'explanation_component', 'explanation_other') as part
    from variance_explanations
    union all
    select
        municipality_code,
        fiscal_year,
        programme_code,
        'forecast' as part
    from forecasts
    union all
    select
        municipality_code,
        fiscal_year,
        programme_code,
        if(
            'fact_' || kind in ({{ quoted_codes('chapter_part') }}), 'fact_' || kind, 'fact_other'
        ) as part
    from chapter_facts

)

select
    municipality_code,
    fiscal_year,
    programme_code,
    part,
    cast(count(*) as integer) as rows_n
from unioned
group by municipality_code, fiscal_year, programme_code, part
