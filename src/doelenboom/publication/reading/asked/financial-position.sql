-- question: Hoe staat een gemeente er financieel voor, naast gemeenten van haar grootte?
-- reading: Euro per inwoner, uit de balans in Iv3 (onbewerkt); medianen van peers_n andere gemeenten van de grootteklasse. Het resultaat is balanspost P114; leeg is geen nul. Wat een balans of jaar bijzonder maakt, staat in status_reason.
-- municipality: needed
-- year: every
select
    fiscal_year,
    municipality_name,
    equity_eur_per_inhabitant,
    equity_peer_median_eur_per_inhabitant,
    general_reserve_eur_per_inhabitant,
    general_reserve_peer_median_eur_per_inhabitant,
    net_debt_eur_per_inhabitant,
    net_debt_peer_median_eur_per_inhabitant,
    result_eur_per_inhabitant,
    result_peer_median_eur_per_inhabitant,
    peers_n,
    value_status,
    status_reason
from marts.financial_position
where
    list_contains($municipality, municipality_code)
    and fiscal_year = coalesce($year, fiscal_year)
order by municipality_name, fiscal_year
