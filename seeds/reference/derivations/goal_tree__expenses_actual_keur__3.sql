select
    product.node_id,
    product.expenses_actual_keur as value,
    product.node_name,
    case when parent.node_type = 'theme' then parent.node_code end as theme_codes,
    if(parent.node_type = 'theme', objective.node_code, parent.node_code) as objective_code
from marts.goal_tree as product
left join marts.goal_tree as parent on product.parent_node_id = parent.node_id
left join marts.goal_tree as objective on parent.parent_node_id = objective.node_id
where
    product.municipality_code = $municipality_code
    and product.fiscal_year = $fiscal_year
    and product.programme_code = $programme_code
    and product.node_type = 'product'
order by product.node_id
