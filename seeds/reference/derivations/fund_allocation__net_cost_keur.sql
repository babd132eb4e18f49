select $net_cost_keur as value
