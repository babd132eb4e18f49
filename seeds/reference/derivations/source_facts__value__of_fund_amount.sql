select
    source,
    variable,
    value
from marts.source_facts
where
    dataset = 'fund_allocation'
    and municipality_code = $municipality_code
    and subject_code = $fund_cluster_code
    and period = concat_ws(' ', $circular, $fiscal_year)
