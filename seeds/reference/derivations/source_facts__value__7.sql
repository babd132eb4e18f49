select
    source,
    variable,
    value
from marts.source_facts
where
    dataset = 'boundary_changes'
    and municipality_code = $predecessor_code
    and subject_code = $successor_code
    and period = cast($effective_date as varchar)
