select
    f.source,
    f.variable,
    f.value
from marts.source_facts as f
where
    f.dataset = 'iv3_amounts'
    and f.variable = 'revenue_keur'
    and f.municipality_code = $municipality_code
    and starts_with(f.period, cast($fiscal_year as varchar))
    and exists (
        select 1 from marts.dim_taakveld as t
        where
            starts_with(t.taakveld_code, f.subject_code)
            and t.cluster_code = $cluster_code
            and $fiscal_year between year(t.valid_from) and coalesce(year(t.valid_to), 9999)
    )
order by f.source_line
