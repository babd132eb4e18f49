select
    f.source,
    f.variable,
    f.value * w.weight as value,
    w.weight
from marts.boundary_weights as w
inner join
    marts.source_facts as f
    on
        f.dataset = 'iv3_amounts'
        and w.municipality_code = f.municipality_code
        and f.variable = 'expenses_keur'
        and starts_with(f.period, cast($fiscal_year as varchar))
where
    w.to_year = 9999
    and w.successor_code = $municipality_code
    and w.from_year = $fiscal_year
    and not exists (
        select 1 from marts.iv3_deliveries
        where fiscal_year = $fiscal_year and source_delivery is not null
    )
    and exists (
        select 1 from marts.dim_taakveld as t
        where starts_with(
            t.taakveld_code, f.subject_code
        )
        and t.cluster_code = (
            select subject_code from marts.dim_indicator
            where indicator_code = $measure_code
        ) and $fiscal_year between year(t.valid_from
        ) and coalesce(year(t.valid_to), 9999
        )
    )
order by f.source_line
