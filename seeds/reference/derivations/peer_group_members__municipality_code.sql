select
    peer_group_code,
    fiscal_year,
    boundary,
    municipality_code,
    municipality_code as value
from marts.peer_group_members
where
    peer_group_code = $peer_group_code
    and fiscal_year = $fiscal_year
    and boundary = $boundary
    and municipality_code <> $municipality_code
order by municipality_code
