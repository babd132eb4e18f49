select $result_of_flows_keur as value
