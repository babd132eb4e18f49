select
    source,
    variable,
    value
from marts.source_facts
where
    dataset = 'financial_ratios'
    and municipality_code = $municipality_code
    and subject_code = $ratio_code
    and period = cast($fiscal_year as varchar)
    and value_text = $figure_kind
order by source
