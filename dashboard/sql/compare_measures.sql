select
    indicator_code,
    indicator_name,
    indicator_kind,
    subject_kind,
    subject_code,
    unit,
    side,
    denominator,
    price_basis,
    source
from marts.dim_indicator
order by indicator_kind, side, subject_kind, indicator_name, indicator_code
