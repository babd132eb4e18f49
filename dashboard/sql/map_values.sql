select
    measure_code,
    municipality_code,
    fiscal_year,
    municipality_name,
    value,
    is_peer,
    comparability
from marts.municipality_comparison
where
    report = 'accounts'
    and boundary = 'current'
    and peer_group_code = 'all'
    and (measure_code like 'iv3_expenses_cluster_%' or measure_code = 'iv3_expenses_total')
    and denominator = 'inhabitants'
    and price_basis = 'nominal'
    and not (measure_code like '%_with_overhead')
order by measure_code, municipality_name, municipality_code
