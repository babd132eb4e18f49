-- question: Hoe verhouden de lasten per inwoner van een cluster zich tot die van andere gemeenten?
-- reading: Euro per inwoner, Iv3 onbewerkt; kwartielen en mediaan zonder de gemeente zelf, van peers_n andere gemeenten.
-- municipality: needed
-- cluster: jeugd
-- report: accounts
-- year: every
-- peer_group: every
-- label eur_per_inhabitant: Lasten per inwoner, in euro
select
    compared.fiscal_year,
    compared.municipality_name,
    compared.report,
    compared.measure_name,
    compared.peer_group_name,
    cast(compared.value as decimal(18, 2)) as eur_per_inhabitant,
    cast(compared.peer_p25 as decimal(18, 2)) as peer_p25,
    cast(compared.peer_median as decimal(18, 2)) as peer_median,
    cast(compared.peer_p75 as decimal(18, 2)) as peer_p75,
    compared.peers_n,
    compared.comparability
from marts.municipality_comparison as compared
inner join marts.dim_peer_group as peers
    on compared.peer_group_code = peers.peer_group_code
where
    list_contains($municipality, compared.municipality_code)
    and compared.measure_code = concat('iv3_expenses_cluster_', $cluster)
    and compared.report = $report
    and compared.boundary = 'as_reported'
    and compared.fiscal_year = coalesce($year, compared.fiscal_year)
    and if(
        $peer_group is null,
        peers.peer_group_kind in ('all', 'size_class', 'nearest', 'own'),
        compared.peer_group_code = $peer_group
    )
order by compared.municipality_name, compared.fiscal_year, peers.peer_group_kind
