select
    predecessor_code,
    successor_code,
    successor_name,
    effective_date
from marts.municipality_changes
order by predecessor_code, effective_date, successor_code
