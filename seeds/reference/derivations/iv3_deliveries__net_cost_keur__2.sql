select
    s.municipality_code,
    s.fiscal_year,
    s.report,
    round(s.net_cost_keur * w.weight, 3) as value,
    w.weight
from marts.boundary_weights as w
inner join
    marts.iv3_deliveries as s
    on w.municipality_code = s.municipality_code and w.from_year = s.fiscal_year
where
    w.to_year = 9999
    and w.successor_code = $municipality_code
    and w.from_year = $fiscal_year
    and s.report = $report
    and s.source_delivery is null
    and s.value_status <> 'not_applicable'
order by s.municipality_code
