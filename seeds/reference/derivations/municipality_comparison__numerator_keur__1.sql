select
    municipality_code,
    fiscal_year,
    report,
    measure_code,
    boundary,
    peer_group_code,
    numerator_keur as value
from marts.municipality_comparison
where
    municipality_code = $municipality_code
    and fiscal_year = $fiscal_year
    and report = $report
    and boundary = $boundary
    and measure_code = replace($measure_code, '_real', '')
    and peer_group_code = $peer_group_code
