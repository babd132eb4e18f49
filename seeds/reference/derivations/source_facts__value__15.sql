select
    source,
    variable,
    value
from marts.source_facts
where dataset = 'financial_ratio_definitions' and concat('ratio_', subject_code) = $measure_code
order by value
