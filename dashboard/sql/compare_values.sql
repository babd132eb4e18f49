select
    measure_code,
    report,
    boundary,
    fiscal_year,
    municipality_code,
    value,
    is_peer,
    comparability,
    comparability_reasons
from marts.municipality_comparison
where
    peer_group_code = 'all'
    or (denominator = 'serving_region' and peer_group_code = 'centre_shelter')
order by measure_code, report, boundary, fiscal_year, municipality_code
