-- question: Wat geeft een gemeente per inwoner uit, naast de mediaan van alle andere gemeenten?
-- reading: Euro per inwoner, Iv3 onbewerkt. Waarom iets niet zonder voorbehoud te vergelijken is, staat in comparability_reasons van spending_per_inhabitant.
-- municipality: needed
-- cluster: every
-- report: accounts
-- year: newest
select
    fiscal_year,
    municipality_name,
    report,
    cluster_name,
    eur_per_inhabitant,
    peer_median,
    comparability
from marts.spending_per_inhabitant
where
    list_contains($municipality, municipality_code)
    and report = $report
    and cluster_code = coalesce($cluster, cluster_code)
    and fiscal_year = coalesce(
        $year,
        (
            select max(fiscal_year) from marts.spending_per_inhabitant
            where
                list_contains($municipality, municipality_code)
                and report = $report
                and eur_per_inhabitant is not null
        )
    )
order by municipality_name, cluster_name
