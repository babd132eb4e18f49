select
    p.municipality_code,
    p.fiscal_year,
    p.circular,
    p.fund_cluster_code,
    p.difference_eur_per_inhabitant as value
from marts.fund_allocation as p
inner join marts.peer_group_members as m
    on p.municipality_code = m.municipality_code and p.fiscal_year = m.fiscal_year
where
    m.peer_group_code = 'all'
    and m.boundary = 'as_reported'
    and p.fiscal_year = $fiscal_year
    and p.circular = $circular
    and p.fund_cluster_code = $fund_cluster_code
    and p.municipality_code <> $municipality_code
    and p.difference_eur_per_inhabitant is not null
    and p.comparability = 'comparable'
order by p.municipality_code
