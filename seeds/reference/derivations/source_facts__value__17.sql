select
    source,
    variable,
    value,
    subject_code
from marts.source_facts
where
    dataset = if(exists (
        select 1 from marts.source_facts as k
        where k.dataset = 'key_figures' and k.period = cast($feature_year as varchar)
    ), 'key_figures', 'structural_features')
    and municipality_code = $municipality_code
    and period = cast($feature_year as varchar)
    and subject_code in ('address_density')
    and not starts_with(source_document, 'BZK')
order by subject_code
