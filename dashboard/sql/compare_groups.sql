select
    peer_group_code,
    peer_group_name,
    peer_group_kind,
    definition,
    source
from marts.dim_peer_group
where peer_group_kind not in ('nearest', 'own')
order by peer_group_code
