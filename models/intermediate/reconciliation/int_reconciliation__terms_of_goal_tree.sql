-- One row per figure in an identity of the goal tree: each product against the cost table, and the
-- sum of the products against the table's total, bridged by lines that the tree does not show.
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

    select * from cells
    where phase = 'actual' and flow in ('expenses', 'revenue')

),

figures as (

    select
        'tree' as origin,
        false as is_total,
        *
    from products
    union all
    select
        'table' as origin,
        is_total,
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
        seed_column
    from actuals

),

counted as (

    select
        *,
        count(*) over (
            partition by municipality_code, fiscal_year, programme_code, line_item, flow, is_total
        ) = 2 as is_printed_twice
    from figures

),

-- The same figure printed twice leaves nothing to round.
unioned as (

    select
        'tree_product_to_table' as identity,
        line_item || ', ' || {{ label_nl('flow', 'flow') }} as subject,
        if(origin = 'tree', 'left', 'right') as side,
        0 as room,
        *
    from counted
    where is_printed_twice
    union all
    select
        'tree_total_to_table' as identity,
        'Totaal programma, ' || {{ label_nl('flow', 'flow') }} as subject,
        case
            when is_total then 'left'
            when origin = 'tree' then 'right'
            else 'bridge'
        end as side,
        {{ rounding_room(1) }} as room,
        *
    from counted
    where is_total or origin = 'tree' or not is_printed_twice

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
    room,
    line_item as term_name,
    source_document,
    cast(source_line as varchar) as source_lines,
    seed_name,
    seed_line,
    seed_column
from unioned
