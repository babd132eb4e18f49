-- One row per product that stands in both the goal tree and the cost table, and one per flow for
-- the tree's total against the table's, bridged by table lines that no product in the tree bears.
with

tree as (

    select * from {{ ref('stg_accounts__goal_tree') }}

),

cells as (

    select * from {{ ref('int_accounts__finance_cells') }}

),

tree_amounts as (

    select
        municipality_code,
        fiscal_year,
        programme_code,
        node_name as line_item,
        'expenses' as flow,
        expenses_actual_keur as amount_keur,
        source_line,
        seed_line,
        'expenses_actual_keur' as seed_column
    from tree
    where node_type = 'product' and expenses_actual_keur is not null
    union all
    select
        municipality_code,
        fiscal_year,
        programme_code,
        node_name as line_item,
        'revenue' as flow,
        revenue_actual_keur as amount_keur,
        revenue_source_line as source_line,
        seed_line,
        'revenue_actual_keur' as seed_column
    from tree
    where node_type = 'product' and revenue_actual_keur is not null

),

actuals as (

    select * from cells
    where phase = 'actual'

),

-- The same figure printed twice leaves nothing to round.
products as (

    select
        'tree_product_to_table' as identity,
        tree_amounts.municipality_code,
        tree_amounts.fiscal_year,
        tree_amounts.programme_code,
        tree_amounts.line_item || ', ' || {{ flow_label_nl('tree_amounts.flow') }} as subject,
        tree_amounts.amount_keur as left_value,
        actuals.amount_keur as right_value,
        0 as printed_figures,
        cast(null as decimal(18, 3)) as bridge_value,
        null as bridge_item,
        actuals.source_document,
        concat(tree_amounts.source_line, ', ', actuals.source_line) as source_lines,
        'goal_tree' as seed_name,
        tree_amounts.seed_line,
        tree_amounts.seed_column
    from tree_amounts
    inner join actuals
        on
            tree_amounts.municipality_code = actuals.municipality_code
            and tree_amounts.fiscal_year = actuals.fiscal_year
            and tree_amounts.programme_code = actuals.programme_code
            and tree_amounts.line_item = actuals.line_item
            and tree_amounts.flow = actuals.flow

),

tree_sums as (

    select
        municipality_code,
        fiscal_year,
        programme_code,
        flow,
        sum(amount_keur) as amount_keur,
        count(*) as products,
        min(source_line) as first_line,
        max(source_line) as last_line
    from tree_amounts
    group by municipality_code, fiscal_year, programme_code, flow

),

outside_the_tree as (

    select
        actuals.municipality_code,
        actuals.fiscal_year,
        actuals.programme_code,
        actuals.flow,
        sum(actuals.amount_keur) as amount_keur,
        string_agg(actuals.line_item, ', ' order by actuals.source_line) as line_items,
        string_agg(actuals.source_line, ', ' order by actuals.source_line) as source_lines
    from actuals
    anti join tree_amounts
        on
            actuals.municipality_code = tree_amounts.municipality_code
            and actuals.fiscal_year = tree_amounts.fiscal_year
            and actuals.programme_code = tree_amounts.programme_code
            and actuals.line_item = tree_amounts.line_item
            and actuals.flow = tree_amounts.flow
    where not actuals.is_total
    group by
        actuals.municipality_code,
        actuals.fiscal_year,
        actuals.programme_code,
        actuals.flow

),

totals as (

    select
        'tree_total_to_table' as identity,
        total.municipality_code,
        total.fiscal_year,
        total.programme_code,
        'Totaal programma, ' || {{ flow_label_nl('total.flow') }} as subject,
        total.amount_keur as left_value,
        tree_sums.amount_keur as right_value,
        tree_sums.products + 1 as printed_figures,
        outside_the_tree.amount_keur as bridge_value,
        outside_the_tree.line_items as bridge_item,
        total.source_document,
        concat_ws(
            ', ',
            total.source_line,
            concat(tree_sums.first_line, '-', tree_sums.last_line),
            outside_the_tree.source_lines
        ) as source_lines,
        'programme_finance' as seed_name,
        total.seed_line,
        total.seed_column
    from actuals as total
    inner join tree_sums
        on
            total.municipality_code = tree_sums.municipality_code
            and total.fiscal_year = tree_sums.fiscal_year
            and total.programme_code = tree_sums.programme_code
            and total.flow = tree_sums.flow
    left join outside_the_tree
        on
            total.municipality_code = outside_the_tree.municipality_code
            and total.fiscal_year = outside_the_tree.fiscal_year
            and total.programme_code = outside_the_tree.programme_code
            and total.flow = outside_the_tree.flow
    where total.is_total

),

unioned as (

    select * from products
    union all
    select * from totals

)

select
    identity,
    municipality_code,
    fiscal_year,
    programme_code,
    subject,
    'actual' as phase,
    'equal' as relation,
    'keur' as unit,
    left_value,
    right_value,
    {{ half_units('printed_figures') }} as tolerance,
    bridge_value,
    bridge_item,
    source_document,
    source_lines,
    seed_name,
    seed_line,
    seed_column
from unioned
