select
    source,
    variable,
    value
from marts.source_facts
where
    dataset = 'iv3_totals'
    and variable = 'local_levies_keur'
    and municipality_code = $municipality_code
    and period = concat($fiscal_year, if($report = 'budget', 'X000', 'X005'))
