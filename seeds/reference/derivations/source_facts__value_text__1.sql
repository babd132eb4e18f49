select
    source,
    variable,
    value_text as value
from marts.source_facts
where source = $price_index_source and variable = 'price_index'
