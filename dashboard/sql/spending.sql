select
    municipality_code,
    report,
    fiscal_year,
    cluster_code,
    cluster_name,
    eur_per_inhabitant,
    peer_median,
    peers_n,
    comparability,
    comparability_reasons,
    value_status
from marts.spending_per_inhabitant
order by municipality_code, report, fiscal_year, cluster_name
