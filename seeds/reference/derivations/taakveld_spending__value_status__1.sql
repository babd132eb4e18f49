select
    t.municipality_code,
    t.fiscal_year,
    t.report,
    t.taakveld_code,
    t.value_status as value
from marts.taakveld_spending as t
where
    t.municipality_code = $municipality_code
    and t.fiscal_year = $fiscal_year
    and t.report = $report
    and t.taakveld_cluster = $cluster_code
    and not exists (
        select 1 from marts.taakveld_spending as s
        where
            s.municipality_code = $municipality_code
            and s.fiscal_year = $fiscal_year
            and s.report = $report
            and s.taakveld_code = t.known_within
            and s.taakveld_cluster = $cluster_code
    )
order by t.taakveld_code
