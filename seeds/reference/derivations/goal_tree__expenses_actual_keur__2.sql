select
    node_id,
    expenses_actual_keur as value
from marts.goal_tree
where
    municipality_code = $municipality_code
    and fiscal_year = $fiscal_year
    and programme_code = $programme_code
    and node_type = 'product'
    and node_name = $product_name
    and expenses_actual_keur is not null
order by node_id
