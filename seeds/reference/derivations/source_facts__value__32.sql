select
    source,
    variable,
    value,
    value_text
from marts.source_facts
where dataset = 'ratio_norms' and subject_code = $ratio_code and variable = 'norm_high'
