select
    source,
    variable,
    value_text as value
from marts.source_facts
where
    dataset = 'structure_classes'
    and variable = 'social_structure'
    and municipality_code = $municipality_code
