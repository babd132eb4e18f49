select
    w.municipality_code,
    $fiscal_year as fiscal_year,
    $report as report,
    $taakveld_code as taakveld_code,
    coalesce(s.revenue_status, 'not_captured') as value,
    s.revenue_keur as amount_keur,
    w.is_estimate
from marts.boundary_weights as w
left join
    marts.taakveld_spending as s
    on
        w.municipality_code = s.municipality_code
        and w.from_year = s.fiscal_year
        and s.report = $report
        and s.taakveld_code = $taakveld_code
where
    w.to_year = 9999
    and w.successor_code = $municipality_code
    and w.from_year = $fiscal_year
    and coalesce(s.value_status, 'not_captured') <> 'not_applicable'
    and (w.is_listed or s.municipality_code is not null)
order by w.municipality_code
