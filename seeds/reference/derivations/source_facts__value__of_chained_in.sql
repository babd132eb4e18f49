select
    link.source,
    link.variable,
    link.value
from marts.source_facts as link
inner join marts.source_facts as own
    on link.variable = own.variable and link.value_text = own.value_text
where
    own.source = $price_index_source
    and own.variable = 'price_index'
    and link.period = cast($chained_in as varchar)
