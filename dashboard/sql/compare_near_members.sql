select
    peer_group_code,
    boundary,
    fiscal_year,
    municipality_code
from marts.peer_group_members
where peer_group_code like 'nearest_%'
order by peer_group_code, boundary, fiscal_year, municipality_code
