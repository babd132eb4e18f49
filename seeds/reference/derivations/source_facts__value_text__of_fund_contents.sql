select
    source,
    variable,
    value_text as value
from marts.source_facts
where
    dataset = 'fund_circulars'
    and subject_code = $circular
    and period = cast($fiscal_year as varchar)
