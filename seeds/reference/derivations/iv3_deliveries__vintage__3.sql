select
    d.municipality_code,
    d.fiscal_year,
    d.report,
    d.vintage as value
from marts.municipality_changes as c
inner join marts.iv3_deliveries as d on c.successor_code = d.municipality_code
where
    c.predecessor_code = $municipality_code
    and year(c.effective_date) = $fiscal_year
    and c.effective_date > make_date($fiscal_year, 1, 1)
    and d.fiscal_year = $fiscal_year
    and d.report = $report
    and d.vintage is not null
