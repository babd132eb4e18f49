with

goal_tree as (

    select * from {{ ref('int_accounts__goal_tree') }}

),

names as (

    select * from {{ ref('int_programmes__names') }}

),

named as (

    {{ with_names('goal_tree') }}

)

select
    node_id,
    municipality_code,
    fiscal_year,
    programme_code,
    municipality_name,
    programme_name,
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
from named
order by node_id
