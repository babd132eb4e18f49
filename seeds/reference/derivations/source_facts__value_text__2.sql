select
    source,
    variable,
    value_text as value
from marts.source_facts
where dataset = 'peer_features' and subject_code = $feature
