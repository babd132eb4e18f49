select
    source,
    variable,
    value
from marts.source_facts
where
    source = concat('seeds/benchmarks/iv3_totals.parquet:', $source_line)
    and variable = 'revenue_keur'
