select
    boundary,
    peer_group_code,
    municipality_code,
    fiscal_year
from marts.peer_group_members
where not (peer_group_code like 'nearest_%' or peer_group_code like 'own_%')
order by boundary, peer_group_code, municipality_code, fiscal_year
