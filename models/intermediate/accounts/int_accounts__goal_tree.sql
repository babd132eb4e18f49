-- One row per node of the goal tree, the programme itself included; amounts of inner nodes are the
-- sums of the products below them, and stay null where no product hangs below.
with

programmes as (

    select * from {{ ref('int_accounts__chapters') }}

),

nodes as (

    select * from {{ ref('stg_accounts__goal_tree') }}

),

-- Objectives and themes are referred to by the code printed; only products have none.
placed as (

    select
        child.*,
        coalesce(child.node_code, child.node_name) as node_label,
        parent.node_code as parent_label,
        grandparent.node_code as grandparent_label
    from nodes as child
    left join nodes as parent
        on
            child.municipality_code = parent.municipality_code
            and child.fiscal_year = parent.fiscal_year
            and child.programme_code = parent.programme_code
            and child.parent_node_code = parent.node_code
    left join nodes as grandparent
        on
            parent.municipality_code = grandparent.municipality_code
            and parent.fiscal_year = grandparent.fiscal_year
            and parent.programme_code = grandparent.programme_code
            and parent.parent_node_code = grandparent.node_code

),

identified as (

    select
        concat_ws(
            '/',
            municipality_code,
            fiscal_year,
            programme_code,
            grandparent_label,
            parent_label,
            node_label
        ) as node_id,
        concat_ws(
            '/', municipality_code, fiscal_year, programme_code, grandparent_label, parent_label
        ) as parent_node_id,
        1 + (parent_label is not null)::integer + (grandparent_label is not null)::integer as depth,
        *
    from placed

),

with_root as (

    select
        node_id,
        municipality_code,
        fiscal_year,
        programme_code,
        parent_node_id,
        node_type,
        node_code,
        node_name,
        depth,
        sort_order,
        expenses_actual_keur,
        revenue_actual_keur,
        value_status,
        status_reason,
        source_document,
        source_line,
        revenue_source_line,
        seed_line
    from identified
    union all
    select
        concat_ws('/', municipality_code, fiscal_year, programme_code) as node_id,
        municipality_code,
        fiscal_year,
        programme_code,
        null as parent_node_id,
        'programme' as node_type,
        programme_code as node_code,
        programme_name as node_name,
        0 as depth,
        0 as sort_order,
        null as expenses_actual_keur,
        null as revenue_actual_keur,
        'not_published' as value_status,
        'Het hoofdstuk toont geen producten met bedragen' as status_reason,
        source_document,
        source_line,
        null as revenue_source_line,
        seed_line
    from programmes

),

-- A node's products are the leaves whose identifier starts with the node's own.
product_sums as (

    select
        inner_node.node_id,
        sum(product.expenses_actual_keur) as expenses_actual_keur,
        sum(product.revenue_actual_keur) as revenue_actual_keur,
        bool_and(product.value_status = 'reported') as all_reported
    from with_root as inner_node
    inner join with_root as product
        on
            product.node_type = 'product'
            and inner_node.node_type != 'product'
            and starts_with(product.node_id, inner_node.node_id || '/')
    group by inner_node.node_id

)

select
    with_root.node_id,
    with_root.municipality_code,
    with_root.fiscal_year,
    with_root.programme_code,
    with_root.parent_node_id,
    with_root.node_type,
    with_root.node_code,
    with_root.node_name,
    with_root.depth,
    with_root.sort_order,
    coalesce(product_sums.expenses_actual_keur, with_root.expenses_actual_keur)
        as expenses_actual_keur,
    coalesce(product_sums.revenue_actual_keur, with_root.revenue_actual_keur)
        as revenue_actual_keur,
    case
        when product_sums.all_reported then 'reported'
        when product_sums.node_id is not null then 'partially_reported'
        else with_root.value_status
    end as value_status,
    case when product_sums.node_id is null then with_root.status_reason end as status_reason,
    with_root.source_document,
    with_root.source_line,
    with_root.revenue_source_line,
    with_root.seed_line
from with_root
left join product_sums on with_root.node_id = product_sums.node_id
