select
    s.municipality_code,
    s.fiscal_year,
    s.report,
    s.taakveld_code,
    s.vintage as value
from marts.boundary_weights as w
inner join
    marts.taakveld_spending as s
    on w.municipality_code = s.municipality_code and w.from_year = s.fiscal_year
where
    w.to_year = 9999
    and w.successor_code = $municipality_code
    and w.from_year = $fiscal_year
    and s.report = $report
    and s.taakveld_code = $taakveld_code
    and s.value_status <> 'not_applicable'
order by s.municipality_code
