select
    p.municipality_code,
    p.fiscal_year,
    p.report,
    p.state_grants_pct as value
from marts.state_grants as p
inner join marts.peer_group_members as m
    on p.municipality_code = m.municipality_code and p.fiscal_year = m.fiscal_year
where
    m.peer_group_code = $peer_group_code
    and m.boundary = 'as_reported'
    and p.fiscal_year = $fiscal_year
    and p.report = $report
    and p.municipality_code <> $municipality_code
    and p.state_grants_pct is not null
order by p.municipality_code
