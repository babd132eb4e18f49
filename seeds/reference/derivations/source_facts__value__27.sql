select
    source,
    variable,
    value,
    subject_code
from marts.source_facts
where
    dataset = 'iv3_balance'
    and municipality_code = $municipality_code
    and period = concat($fiscal_year, 'X005')
order by source
