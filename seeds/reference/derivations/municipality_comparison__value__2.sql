select
    c.municipality_code,
    c.fiscal_year,
    c.report,
    c.measure_code,
    c.boundary,
    c.peer_group_code,
    c.value
from marts.peer_group_members as m
inner join
    marts.municipality_comparison as c
    on
        m.municipality_code = c.municipality_code
        and m.fiscal_year = c.fiscal_year
        and m.boundary = c.boundary
where
    m.peer_group_code = $peer_group_code
    and m.fiscal_year = $fiscal_year
    and m.boundary = $boundary
    and m.municipality_code <> $municipality_code
    and c.report = $report
    and c.measure_code = $measure_code
    and c.peer_group_code
    = if(regexp_matches($peer_group_code, '^(nearest|own)_'), 'all', $peer_group_code)
    and c.is_peer
order by c.municipality_code
