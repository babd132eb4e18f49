-- One row per input of each figure of a programme: the cell, or the rows of the accounts package,
-- that the figure was taken from or counted over; of a total that its chapter does not print, the
-- row that says so.
with

cells as (

    select * from {{ ref('int_accounts__finance_cells') }}

),

chapter_parts as (

    select * from {{ ref('stg_accounts__chapter_parts') }}

),

explanations as (

    select * from {{ ref('stg_accounts__variance_explanations') }}

),

indicators as (

    select * from {{ ref('int_accounts__indicator_verdicts') }}

),

goal_tree as (

    select * from {{ ref('stg_accounts__goal_tree') }}

),

action_points as (

    select * from {{ ref('stg_accounts__action_points') }}

),

programmes as (

    select * from {{ ref('int_accounts__chapters') }}

),

population as (

    select * from {{ ref('int_population__inhabitants') }}

),

-- Which kind of input each derived figure is made of.
derived as (

    select
        derived_figure.column_name,
        derived_figure.input_kind
    from (
        values
        ('transfer_to_reserves_beyond_budget_keur', 'reserve_addition'),
        ('explained_variance_keur', 'component'),
        ('unexplained_variance_keur', 'component'),
        ('unexplained_variance_keur', 'result_variance'),
        ('gross_variance_keur', 'line_variance'),
        ('gross_variance_covered_keur', 'line_variance'),
        ('gross_variance_covered_keur', 'component'),
        ('unexplained_lines', 'line_variance'),
        ('unexplained_lines', 'component'),
        ('largest_unexplained_line', 'line_variance'),
        ('largest_unexplained_line', 'component'),
        ('indicators_own', 'own_indicator'),
        ('indicators_statutory', 'statutory_indicator'),
        ('indicators_met', 'own_indicator'),
        ('indicators_missed', 'own_indicator'),
        ('indicators_undecided', 'own_indicator'),
        ('indicators_without_verdict', 'own_indicator'),
        ('expenses_without_indicator_pct', 'product_expenses'),
        ('expenses_without_indicator_pct', 'own_indicator'),
        ('expenses_without_indicator_level', 'product_expenses'),
        ('expenses_without_indicator_level', 'own_indicator'),
        ('expenses_without_indicator_pct_low', 'product_expenses'),
        ('expenses_without_indicator_pct_low', 'own_indicator'),
        ('expenses_without_indicator_pct_high', 'product_expenses'),
        ('expenses_without_indicator_pct_high', 'own_indicator'),
        ('action_points_total', 'action_point'),
        ('action_points_carried_over', 'action_point'),
        ('programme_name', 'programme'),
        ('portfolio_holder', 'programme'),
        ('document_type', 'programme'),
        ('document_status', 'programme'),
        ('inhabitants', 'population')
    ) as derived_figure (column_name, input_kind)

),

cell_inputs as (

    select
        *,
        case
            when is_total and flow = 'net_cost_after_reserves' and phase = 'variance'
                then 'result_variance'
            when is_total and flow = 'transfer_to_reserves' and phase in ('final_budget', 'actual')
                then 'reserve_addition'
            when phase = 'variance' and not is_total then 'line_variance'
            when
                phase = 'variance'
                and flow in ({{ quoted_codes('flow_of_line') }})
                and not has_lines
                then 'line_variance'
        end as input_kind
    from (
        select
            *,
            bool_or(not is_total and phase = 'variance') over (
                partition by municipality_code, fiscal_year, programme_code
            ) as has_lines
        from cells
    ) as cells_of_programme

),

inputs as (

    select
        municipality_code,
        fiscal_year,
        programme_code,
        input_kind,
        seed_name,
        seed_line,
        seed_column as input_column,
        cast(amount_keur as varchar) as input_value,
        source_document,
        source_line
    from cell_inputs
    where input_kind is not null
    union all
    select
        municipality_code,
        fiscal_year,
        programme_code,
        'component' as input_kind,
        'variance_explanations' as seed_name,
        seed_line,
        'amount_keur' as input_column,
        cast(amount_keur as varchar) as input_value,
        source_document,
        source_line
    from explanations
    where role = 'component'
    union all
    select
        municipality_code,
        fiscal_year,
        programme_code,
        indicator_kind || '_indicator' as input_kind,
        seed_name,
        seed_line,
        'indicator_code' as input_column,
        verdict as input_value,
        source_document,
        source_line
    from indicators
    union all
    select
        municipality_code,
        fiscal_year,
        programme_code,
        'product_expenses' as input_kind,
        'goal_tree' as seed_name,
        seed_line,
        'expenses_actual_keur' as input_column,
        cast(expenses_actual_keur as varchar) as input_value,
        source_document,
        source_line
    from goal_tree
    where node_type = 'product'
    union all
    select
        municipality_code,
        fiscal_year,
        programme_code,
        'action_point' as input_kind,
        'action_points' as seed_name,
        seed_line,
        'action_code' as input_column,
        action_code as input_value,
        source_document,
        source_line
    from action_points
    union all
    select
        municipality_code,
        fiscal_year,
        programme_code,
        'programme' as input_kind,
        'programmes' as seed_name,
        seed_line,
        '*' as input_column,
        null as input_value,
        source_document,
        source_line
    from programmes
    union all
    select
        programmes.municipality_code,
        programmes.fiscal_year,
        programmes.programme_code,
        'population' as input_kind,
        population.seed_name,
        population.seed_line,
        'inhabitants' as input_column,
        cast(population.inhabitants as varchar) as input_value,
        population.source_document,
        null as source_line
    from programmes
    inner join population
        on
            programmes.municipality_code = population.municipality_code
            and programmes.fiscal_year = population.fiscal_year

),

derived_inputs as (

    select
        inputs.municipality_code,
        inputs.fiscal_year,
        inputs.programme_code,
        derived.column_name,
        inputs.seed_name,
        inputs.seed_line,
        inputs.input_column,
        inputs.input_value,
        inputs.source_document,
        inputs.source_line
    from inputs
    inner join derived on inputs.input_kind = derived.input_kind

),

printed_inputs as (

    select
        municipality_code,
        fiscal_year,
        programme_code,
        flow || '_' || phase || '_keur' as column_name,
        seed_name,
        seed_line,
        seed_column as input_column,
        cast(amount_keur as varchar) as input_value,
        source_document,
        source_line
    from cells
    where is_total

),

flows as (

    select unnest([{{ quoted_codes('flow_of_cost_table') }}]) as flow

),

phases as (

    select unnest([{{ quoted_codes('phase_of_amount') }}]) as phase

),

totals as (

    select
        flows.flow,
        phases.phase
    from flows
    cross join phases

),

-- A total is not printed where its row is not, or its column.
unprinted_inputs as (

    select
        parts.municipality_code,
        parts.fiscal_year,
        parts.programme_code,
        totals.flow || '_' || totals.phase || '_keur' as column_name,
        'chapter_parts' as seed_name,
        parts.seed_line,
        'status_reason' as input_column,
        parts.status_reason as input_value,
        parts.source_document,
        parts.source_line
    from chapter_parts as parts
    inner join totals
        on parts.part = 'total_' || totals.flow or parts.part = totals.phase
    where parts.rows_n = 0

)

select * from printed_inputs
union all
select * from unprinted_inputs
union all
select * from derived_inputs
