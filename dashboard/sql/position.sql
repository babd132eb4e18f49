select
    municipality_code,
    fiscal_year,
    equity_eur_per_inhabitant,
    equity_peer_median_eur_per_inhabitant,
    general_reserve_eur_per_inhabitant,
    general_reserve_peer_median_eur_per_inhabitant,
    net_debt_eur_per_inhabitant,
    net_debt_peer_median_eur_per_inhabitant,
    result_eur_per_inhabitant,
    result_peer_median_eur_per_inhabitant,
    peers_n,
    result_status,
    value_status,
    status_reason
from marts.financial_position
order by municipality_code, fiscal_year
