select
    node_id,
    revenue_actual_keur as value
from marts.goal_tree
where node_type = 'product' and starts_with(node_id, concat($node_id, '/'))
order by node_id
