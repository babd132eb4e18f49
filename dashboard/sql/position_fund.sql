select
    municipality_code,
    fiscal_year,
    circular,
    circular_name,
    fund_cluster_name,
    allocation_keur,
    net_cost_keur,
    net_cost_report,
    difference_eur_per_inhabitant,
    difference_all_median_eur_per_inhabitant,
    all_peers_n,
    comparability,
    comparability_reasons,
    caution_text,
    value_status
from marts.fund_allocation
where contents = 'measures'
order by municipality_code, fiscal_year, circular_name desc, fund_cluster_name
