select
    source,
    variable,
    value
from marts.source_facts
where
    dataset = 'population'
    and period = cast($fiscal_year as varchar)
    and (municipality_code = $municipality_code or municipality_code in (
        select c.predecessor_code from marts.municipality_changes as c
        where
            $net_cost_report <> 'budget'
            and c.successor_code = $municipality_code
            and year(c.effective_date) = $fiscal_year
            and c.effective_date > make_date($fiscal_year, 1, 1)
            and not exists (
                select 1 from marts.iv3_deliveries as d
                where
                    d.municipality_code = c.predecessor_code
                    and d.fiscal_year = $fiscal_year
                    and d.report = 'accounts'
                    and d.vintage is not null
            )
    ))
order by source
