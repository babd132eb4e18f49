select
    node_id,
    value_status as value
from marts.goal_tree
where node_type = 'product' and starts_with(node_id, concat($node_id, '/'))
order by node_id
