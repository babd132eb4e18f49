-- One row per figure in an identity of the goal tree: each product against the cost table, and the
-- sum of the products against the table's total, bridged by lines that no product in the tree bears.
with

tree as (

    select * from {{ ref('stg_accounts__goal_tree') }}

),

cells as (

    select * from {{ ref('int_accounts__finance_cells') }}

),

products as (

    select
        municipality_code,
        fiscal_year,
        programme_code,
        node_name as line_item,
        'expenses' as flow,
        expenses_actual_keur as amount_keur,
        source_document,
        source_line,
        'goal_tree' as seed_name,
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
        source_document,
        revenue_source_line as source_line,
        'goal_tree' as seed_name,
        seed_line,
        'revenue_actual_keur' as seed_column
    from tree
    where node_type = 'product' and revenue_actual_keur is not null

),

actuals as (

    select
        municipality_code,
        fiscal_year,
        programme_code,
        line_item,
        flow,
        amount_keur,
        source_document,
        source_line,
        seed_name,
        seed_line,
        seed_column,
        is_total
    from cells
    where phase = 'actual' and flow in ('expenses', 'revenue')

),

-- The same figure printed twice leaves nothing to round.
product_to_table as (

    select
        'tree_product_to_table' as identity,
        line_item || ', ' || {{ flow_label_nl('flow') }} as subject,
        side,
        0 as rounded_to,
        figures.* exclude (side)
    from (
        select
            *,
            'left' as side
        from products
        union all
        select
            actuals.* exclude (is_total),
            'right' as side
        from actuals
        where not actuals.is_total
    ) as figures
    qualify
        count(*) over (
            partition by municipality_code, fiscal_year, programme_code, line_item, flow
        ) = 2

),

total_to_table as (

    select
        'tree_total_to_table' as identity,
        'Totaal programma, ' || {{ flow_label_nl('flow') }} as subject,
        side,
        1 as rounded_to,
        figures.* exclude (side)
    from (
        select
            actuals.* exclude (is_total),
            'left' as side
        from actuals
        where actuals.is_total
        union all
        select
            *,
            'right' as side
        from products
        union all
        select
            actuals.* exclude (is_total),
            'bridge' as side
        from actuals
        anti join products
            on
                actuals.municipality_code = products.municipality_code
                and actuals.fiscal_year = products.fiscal_year
                and actuals.programme_code = products.programme_code
                and actuals.line_item = products.line_item
                and actuals.flow = products.flow
        where not actuals.is_total
    ) as figures

),

unioned as (

    select * from product_to_table
    union all
    select * from total_to_table

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
    side,
    1 as factor,
    amount_keur as figure_value,
    rounded_to,
    line_item as term_name,
    source_document,
    cast(source_line as varchar) as source_lines,
    seed_name,
    seed_line,
    seed_column
from unioned
