select
    successor_code,
    predecessor_code,
    predecessor_name,
    effective_date
from marts.municipality_changes
order by successor_code, effective_date, predecessor_code
