select
    source,
    variable,
    value_text as value
from marts.source_facts
where
    dataset = 'structure_classes'
    and variable = 'centre_function'
    and municipality_code = $municipality_code
