select
    source,
    variable,
    value,
    value_text as unit
from marts.source_facts
where dataset = 'statutory_units' and subject_code = $measure_code
order by source_line
