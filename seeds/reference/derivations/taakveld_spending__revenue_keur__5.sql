select
    s.municipality_code,
    s.fiscal_year,
    s.report,
    s.taakveld_code,
    round(s.revenue_keur * w.weight, 3) + if(w.is_largest_part, round(
        s.revenue_keur * w.weights_total, 3
    )
    - (
        select sum(round(s.revenue_keur * o.weight, 3)) from marts.boundary_weights as o
        where
            o.from_year = w.from_year
            and o.to_year = 9999
            and o.municipality_code = w.municipality_code
    ), 0) as value,
    w.weight,
    s.expenses_keur
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
