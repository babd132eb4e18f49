with

goal_tree as (

    select * from {{ ref('int_accounts__goal_tree') }}

)

select
    node_id,
    municipality_code,
    fiscal_year,
    programme_code,
    parent_node_id,
    node_type,
    node_code,
    node_name,
    cast(depth as integer) as depth,
    sort_order,
    cast(expenses_actual_keur as decimal(18, 3)) as expenses_actual_keur,
    cast(revenue_actual_keur as decimal(18, 3)) as revenue_actual_keur,
    value_status,
    status_reason,
    source_document,
    source_line,
    revenue_source_line
from goal_tree
order by node_id
