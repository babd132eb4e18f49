select
    source,
    variable,
    value
from marts.source_facts
where source = $price_index_source and variable = 'price_index'
