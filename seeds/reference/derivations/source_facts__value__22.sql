select
    source,
    variable,
    value
from marts.source_facts
where dataset = 'peer_features' and subject_code = $feature
