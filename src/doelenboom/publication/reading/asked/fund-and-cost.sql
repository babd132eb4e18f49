-- question: Wat rekent het gemeentefonds een gemeente toe, en wat kost het haar?
-- reading: Bedragen x € 1.000. Het gemeentefonds is niet geoormerkt: een gemeente bepaalt zelf waaraan zij het besteedt. Een min is meer kosten dan de uitkering. Waar geen verschil staat, zegt value_status waarom; een verschil met voorbehoud is een keuze van boeken en telt in geen mediaan mee.
-- municipality: needed
-- year: newest
select
    fiscal_year,
    municipality_name,
    circular_name,
    fund_cluster_name,
    allocation_keur,
    net_cost_keur,
    net_cost_report,
    difference_eur_per_inhabitant,
    difference_all_median_eur_per_inhabitant,
    all_peers_n,
    comparability,
    value_status
from marts.fund_allocation
where
    list_contains($municipality, municipality_code)
    and fiscal_year = coalesce(
        $year,
        (
            select max(fiscal_year) from marts.fund_allocation
            where list_contains($municipality, municipality_code)
        )
    )
order by municipality_name, fund_cluster_name, circular
