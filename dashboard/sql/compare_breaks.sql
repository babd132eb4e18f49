select
    measure_code,
    first_year,
    break_kind,
    reason
from marts.measure_breaks
order by measure_code, first_year, break_kind
