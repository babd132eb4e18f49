select
    source,
    variable,
    value_status as value
from marts.source_facts
where
    dataset = 'iv3_totals'
    and variable = 'expenses_keur'
    and municipality_code = $municipality_code
    and period = concat($fiscal_year, 'X005')
