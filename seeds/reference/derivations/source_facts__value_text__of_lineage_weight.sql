select
    source,
    variable,
    value_text as value
from marts.source_facts
where
    dataset = 'programme_lineage'
    and municipality_code = $municipality_code
    and subject_code = concat_ws('/', $predecessor_name, $successor_name)
    and period = concat_ws(' ', $predecessor_first_year, $successor_first_year)
