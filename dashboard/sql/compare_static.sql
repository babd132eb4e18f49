select
    municipality_code,
    measure_code,
    fiscal_year,
    peer_group_code,
    municipality_name,
    peer_group_name,
    value,
    is_peer,
    peers_total,
    peers_n,
    peer_p25,
    peer_median,
    peer_p75,
    percentile,
    comparability,
    comparability_reasons
from marts.municipality_comparison
where
    report = 'accounts'
    and boundary = 'as_reported'
    and peer_group_code like 'size_class_%'
    and (measure_code like 'iv3_expenses_cluster_%' or measure_code = 'iv3_expenses_total')
    and denominator = 'inhabitants'
    and price_basis = 'nominal'
    and not (measure_code like '%_with_overhead')
order by municipality_code, measure_code, fiscal_year
