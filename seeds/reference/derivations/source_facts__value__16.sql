select
    source,
    variable,
    value
from marts.source_facts
where
    dataset = 'population'
    and municipality_code = $municipality_code
    and period = cast($fiscal_year as varchar)
