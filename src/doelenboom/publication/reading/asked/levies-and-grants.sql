-- question: Hoeveel heft een gemeente zelf, en hoeveel komt van het Rijk?
-- reading: Lokale heffingen van alle betalers samen, ook bedrijven en bezoekers, voor zover als belasting geboekt (meestal zonder afvalstoffenheffing en leges): niet wat een huishouden betaalt. Van het Rijk komen de algemene uitkering en specifieke uitkeringen samen. Procenten van alle baten zonder mutaties reserves (Iv3, onbewerkt). Medianen van gemeenten van haar grootte, zonder de gemeente zelf.
-- municipality: needed
-- report: accounts
-- year: every
-- label levies_median_eur_per_inhabitant: Lokale heffingen: mediaan van de grootteklasse, euro per inwoner
-- label levies_median_pct: Lokale heffingen: mediaan van de grootteklasse, %
-- label grants_median_pct: Uitkeringen van het Rijk: mediaan van de grootteklasse, %
select
    levies.fiscal_year,
    levies.municipality_name,
    levies.report,
    levies.local_levies_eur_per_inhabitant,
    levies.peer_median_eur_per_inhabitant as levies_median_eur_per_inhabitant,
    levies.local_levies_pct,
    levies.peer_median_pct as levies_median_pct,
    grants.state_grants_pct,
    grants.peer_median_pct as grants_median_pct
from marts.local_levies as levies
inner join marts.state_grants as grants
    on
        levies.municipality_code = grants.municipality_code
        and levies.fiscal_year = grants.fiscal_year
        and levies.report = grants.report
where
    list_contains($municipality, levies.municipality_code)
    and levies.report = $report
    and levies.fiscal_year = coalesce($year, levies.fiscal_year)
order by levies.municipality_name, levies.fiscal_year
