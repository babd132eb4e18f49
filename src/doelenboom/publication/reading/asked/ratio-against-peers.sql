-- question: Hoe verhoudt een financieel kengetal zich tot dat van andere gemeenten?
-- reading: Procenten, zoals gemeenten ze zelf opgeven; wat de balans weerspreekt telt niet mee. Kwartielen zonder de gemeente zelf. Een jaar dat er niet bij staat is niet gepubliceerd, of als geheel niet te vertrouwen: `ask missing` zegt waarom.
-- municipality: needed
-- measure: ratio_solvency
-- report: accounts
-- year: every
-- peer_group: every
-- label value_pct: Kengetal van de gemeente, in procenten
select
    compared.fiscal_year,
    compared.municipality_name,
    compared.report,
    compared.measure_name,
    compared.peer_group_name,
    cast(compared.value as decimal(18, 1)) as value_pct,
    cast(compared.peer_p25 as decimal(18, 1)) as peer_p25,
    cast(compared.peer_median as decimal(18, 1)) as peer_median,
    cast(compared.peer_p75 as decimal(18, 1)) as peer_p75,
    compared.peers_n,
    compared.comparability,
    compared.value_status
from marts.municipality_comparison as compared
inner join marts.dim_peer_group as peers
    on compared.peer_group_code = peers.peer_group_code
where
    list_contains($municipality, compared.municipality_code)
    and compared.measure_code = $measure
    and compared.report = $report
    and compared.boundary = 'as_reported'
    and compared.fiscal_year = coalesce($year, compared.fiscal_year)
    and if(
        $peer_group is null,
        peers.peer_group_kind in ('all', 'size_class', 'nearest', 'own'),
        compared.peer_group_code = $peer_group
    )
order by compared.municipality_name, compared.fiscal_year, peers.peer_group_kind
