select
    indicator_code,
    indicator_name,
    subject_code,
    unit
from marts.dim_indicator
where
    indicator_kind = 'iv3'
    and subject_kind in ('cluster', 'total')
    and side = 'gross'
    and denominator = 'inhabitants'
    and price_basis = 'nominal'
    and not (indicator_code like '%_with_overhead')
order by subject_kind desc, indicator_name
