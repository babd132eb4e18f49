select distinct on (measure_code)
    measure_code,
    peer_group_code
from marts.municipality_comparison
where peer_group_code like 'nearest_%'
order by measure_code asc, peer_group_code desc
