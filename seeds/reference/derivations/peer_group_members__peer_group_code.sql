select
    peer_group_code,
    fiscal_year,
    boundary,
    municipality_code,
    peer_group_code as value
from marts.peer_group_members
where
    municipality_code = $municipality_code
    and fiscal_year = $fiscal_year
    and boundary = 'as_reported'
    and starts_with(peer_group_code, 'size_class_')
