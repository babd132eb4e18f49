-- One row per input of each published figure that does not stand in the accounts as it is
-- published: figures of programmes, sums in the goal tree, verdicts, differences and identities.
{%- set programme_key = ['municipality_code', 'fiscal_year', 'programme_code'] %}
with

figure_inputs as (

    select * from {{ ref('int_programmes__figure_inputs') }}

),

goal_tree as (

    select * from {{ ref('int_accounts__goal_tree') }}

),

indicators as (

    select * from {{ ref('int_accounts__indicator_verdicts') }}

),

definitions as (

    select * from {{ ref('stg_reference__statutory_indicator_definitions') }}

),

explanations as (

    select * from {{ ref('int_accounts__explanations') }}

),

forecasts as (

    select * from {{ ref('stg_accounts__forecasts') }}

),

cells as (

    select * from {{ ref('int_accounts__finance_cells') }}

),

finance_lines as (

    select * from {{ ref('int_accounts__finance_lines') }}

),

terms as (

    select * from {{ ref('int_reconciliation__terms') }}

),

programme_results as (

    select
        'programme_results' as table_name,
        {{ row_key(programme_key) }} as row_key,
        column_name,
        seed_name as file_name,
        seed_line,
        input_column,
        input_value,
        source_document,
        cast(source_line as varchar) as source_lines
    from figure_inputs

),

-- Products that the cost table does not print keep the amount of the goal tree.
programme_finance as (

    select
        'programme_finance' as table_name,
        {{ row_key(programme_key + ['line_item', 'flow']) }} as row_key,
        'actual_keur' as column_name,
        seed_name as file_name,
        seed_line,
        flow || '_actual_keur' as input_column,
        cast(actual_keur as varchar) as input_value,
        source_document,
        cast(source_line as varchar) as source_lines
    from finance_lines
    where seed_name = 'goal_tree'

),

-- Whether an amount of a year is of a budget or of accounts is said of its programme.
budget_years as (

    select
        'programme_budget_years' as table_name,
        {{ row_key(programme_key + ['line_item', 'flow', 'amount_year', 'phase'], 'years') }}
            as row_key,
        'document_type' as column_name,
        'programmes' as file_name,
        programmes.seed_line,
        'document_type' as input_column,
        programmes.document_type as input_value,
        programmes.source_document,
        cast(programmes.source_line as varchar) as source_lines
    from {{ ref('stg_accounts__budget_years') }} as years
    inner join {{ ref('stg_accounts__programmes') }} as programmes
        on
            years.municipality_code = programmes.municipality_code
            and years.fiscal_year = programmes.fiscal_year
            and years.programme_code = programmes.programme_code
    where
        years.flow in ({{ quoted_codes('flow_of_line') }})
        and not (years.is_total and years.programme_code = '{{ whole_document() }}')

),

tree_names as (

    select
        'goal_tree' as table_name,
        'node_id=' || goal_tree.node_id as row_key,
        naming.column_name,
        if(goal_tree.node_type = 'programme', 'programmes', 'goal_tree') as file_name,
        goal_tree.seed_line,
        if(
            goal_tree.node_type = 'programme', naming.programme_column, naming.column_name
        ) as input_column,
        if(naming.column_name = 'node_code', goal_tree.node_code, goal_tree.node_name)
            as input_value,
        goal_tree.source_document,
        cast(goal_tree.source_line as varchar) as source_lines
    from goal_tree
    cross join (
        values ('node_code', 'programme_code'), ('node_name', 'programme_name')
    ) as naming (column_name, programme_column)

),

-- An inner node adds up the products below it; a product is its own input.
tree_amounts as (

    select
        'goal_tree' as table_name,
        'node_id=' || node.node_id as row_key,
        flow.flow || '_actual_keur' as column_name,
        'goal_tree' as file_name,
        product.seed_line,
        flow.flow || '_actual_keur' as input_column,
        cast(
            if(
                flow.flow = 'expenses', product.expenses_actual_keur, product.revenue_actual_keur
            ) as varchar
        ) as input_value,
        product.source_document,
        cast(
            if(flow.flow = 'expenses', product.source_line, product.revenue_source_line) as varchar
        ) as source_lines
    from goal_tree as node
    inner join goal_tree as product
        on
            product.node_type = 'product'
            and (
                node.node_id = product.node_id or starts_with(product.node_id, node.node_id || '/')
            )
    cross join (values ('expenses'), ('revenue')) as flow (flow)

),

verdicts as (

    select
        'indicator_results' as table_name,
        {{ row_key(programme_key + ['indicator_code'], 'indicators') }} as row_key,
        verdict_of.column_name,
        indicators.seed_name as file_name,
        indicators.seed_line,
        verdict_of.input_column,
        case verdict_of.input_column
            when 'score' then cast(indicators.score as varchar)
            when 'target' then cast(indicators.target as varchar)
            when 'verdict_stated' then indicators.verdict_stated
            else indicators.theme_code
        end as input_value,
        indicators.source_document,
        cast(
            if(
                verdict_of.input_column = 'verdict_stated',
                indicators.verdict_source_line,
                indicators.source_line
            ) as varchar
        ) as source_lines
    from indicators
    inner join (
        values
        ('verdict_computed', 'score'), ('verdict_computed', 'target'),
        ('verdicts_agree', 'score'), ('verdicts_agree', 'target'),
        ('verdicts_agree', 'verdict_stated'),
        ('verdict', 'score'), ('verdict', 'target'), ('verdict', 'verdict_stated'),
        ('verdict_basis', 'score'), ('verdict_basis', 'target'),
        ('verdict_basis', 'verdict_stated'),
        ('verdict_label', 'score'), ('verdict_label', 'target'),
        ('verdict_label', 'verdict_stated'),
        ('objective_code_via_theme', 'theme_code')
    ) as verdict_of (column_name, input_column)
        on
            indicators.seed_name = 'indicators'
            or verdict_of.input_column in ('score', 'target')

),

directions as (

    select
        'indicator_results' as table_name,
        {{ row_key(programme_key + ['indicator_code'], 'indicators') }} as row_key,
        direction_of.column_name,
        'statutory_indicator_definitions' as file_name,
        definitions.seed_line,
        direction_of.column_name as input_column,
        case direction_of.column_name
            when 'direction' then definitions.direction
            else definitions.direction_basis
        end as input_value,
        definitions.source as source_document,
        cast(null as varchar) as source_lines
    from indicators
    inner join definitions on indicators.indicator_code = definitions.indicator_code
    cross join (values ('direction'), ('direction_basis')) as direction_of (column_name)

),

-- What an explained amount is set against: the variances of its line, and the amount itself.
explained as (

    select
        'variance_explanations' as table_name,
        {{ row_key(programme_key + ['explanation_no'], 'explained_by') }} as row_key,
        explained_by.column_name,
        explained_by.file_name,
        explained_by.seed_line,
        explained_by.input_column,
        explained_by.input_value,
        explained_by.source_document,
        explained_by.source_lines
    from (
        select
            explanations.municipality_code,
            explanations.fiscal_year,
            explanations.programme_code,
            explanations.explanation_no,
            cells.source_document,
            unnest(['table_amount_keur', 'difference_keur', 'reconciliation']) as column_name,
            cells.seed_name as file_name,
            cells.seed_line,
            cells.seed_column as input_column,
            cast(cells.amount_keur as varchar) as input_value,
            cast(cells.source_line as varchar) as source_lines
        from explanations
        inner join cells
            on
                explanations.municipality_code = cells.municipality_code
                and explanations.fiscal_year = cells.fiscal_year
                and explanations.programme_code = cells.programme_code
                and explanations.line_item = cells.line_item
                and cells.phase = 'variance'
        where explanations.table_amount_keur is not null
        union all
        select
            municipality_code,
            fiscal_year,
            programme_code,
            explanation_no,
            source_document,
            unnest(['difference_keur', 'reconciliation']) as column_name,
            'variance_explanations' as file_name,
            seed_line,
            'amount_keur' as input_column,
            cast(amount_keur as varchar) as input_value,
            cast(source_line as varchar) as source_lines
        from explanations
    ) as explained_by

),

outturns as (

    select
        'forecasts' as table_name,
        {{ row_key(programme_key + ['stage']) }} as row_key,
        column_name,
        file_name,
        seed_line,
        input_column,
        input_value,
        source_document,
        source_lines
    from (
        select
            forecasts.municipality_code,
            forecasts.fiscal_year,
            forecasts.programme_code,
            forecasts.stage,
            cells.source_document,
            unnest(['outturn_keur', 'outturn_budget_basis', 'error_keur']) as column_name,
            cells.seed_name as file_name,
            cells.seed_line,
            cells.seed_column as input_column,
            cast(cells.amount_keur as varchar) as input_value,
            cast(cells.source_line as varchar) as source_lines
        from forecasts
        inner join cells
            on
                forecasts.municipality_code = cells.municipality_code
                and forecasts.fiscal_year = cells.fiscal_year
                and forecasts.programme_code = cells.programme_code
                and forecasts.line_item = cells.line_item
                and cells.phase = 'variance'
                and (not cells.is_total or cells.flow = 'net_cost_after_reserves')
        union all
        select
            forecasts.municipality_code,
            forecasts.fiscal_year,
            forecasts.programme_code,
            forecasts.stage,
            forecasts.source_document,
            like_for_like.column_name,
            'forecasts' as file_name,
            forecasts.seed_line,
            amount.input_column,
            cast(
                if(
                    amount.input_column = 'forecast_keur',
                    forecasts.forecast_keur,
                    forecasts.budget_added_keur
                ) as varchar
            ) as input_value,
            cast(forecasts.source_line as varchar) as source_lines
        from forecasts
        cross join (
            values ('error_keur'), ('forecast_like_for_like_keur')
        ) as like_for_like (column_name)
        inner join (
            values ('forecast_keur'), ('budget_added_keur')
        ) as amount (input_column)
            on amount.input_column = 'forecast_keur' or forecasts.budget_added_keur is not null
    ) as outturn_inputs

),

-- A bridge stands on neither side of an identity, but its difference depends on it.
identities as (

    select
        'reconciliation' as table_name,
        {{ row_key(['identity'] + programme_key + ['subject', 'phase']) }} as row_key,
        unnest(
            case side
                when 'left' then ['left', 'difference', 'status']
                when 'right' then ['right', 'difference', 'status']
                else ['difference', 'status']
            end
        ) as figure,
        unit,
        seed_name as file_name,
        seed_line,
        seed_column as input_column,
        cast(figure_value as varchar) as input_value,
        source_document,
        source_lines
    from terms

),

reconciliation as (

    select
        table_name,
        row_key,
        case
            when figure = 'status' then figure
            when unit = 'keur' then figure || '_keur'
            else figure || '_value'
        end as column_name,
        file_name,
        seed_line,
        input_column,
        input_value,
        source_document,
        source_lines
    from identities

)

select * from programme_results
union all
select * from programme_finance
union all
select * from budget_years
union all
select * from tree_names
union all
select * from tree_amounts
union all
select * from verdicts
union all
select * from directions
union all
select * from explained
union all
select * from outturns
union all
select * from reconciliation
