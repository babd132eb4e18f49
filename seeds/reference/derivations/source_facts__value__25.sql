select
    source,
    variable,
    value
from marts.source_facts
where
    source = concat('seeds/benchmarks/iv3_amounts.parquet:', $source_line)
    and variable = 'revenue_keur'
