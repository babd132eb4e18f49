select
    source,
    variable,
    period as value
from marts.source_facts
where dataset = 'ratio_norms' and subject_code = $ratio_code and variable = 'norm_low'
