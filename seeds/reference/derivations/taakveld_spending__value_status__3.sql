select
    w.municipality_code,
    $fiscal_year as fiscal_year,
    $report as report,
    $taakveld_code as taakveld_code,
    coalesce(s.value_status, 'not_captured') as value,
    s.expenses_keur as amount_keur,
    f.value * w.weight as people,
    w.is_estimate
from marts.boundary_weights as w
left join
    marts.taakveld_spending as s
    on
        w.municipality_code = s.municipality_code
        and w.from_year = s.fiscal_year
        and s.report = $report
        and s.taakveld_code = $taakveld_code
left join
    marts.source_facts as f
    on
        f.dataset = 'population'
        and w.municipality_code = f.municipality_code
        and f.period = cast($fiscal_year as varchar)
where
    w.to_year = 9999
    and w.successor_code = $municipality_code
    and w.from_year = $fiscal_year
    and coalesce(s.value_status, 'not_captured') <> 'not_applicable'
    and (w.is_listed or s.municipality_code is not null)
    and not (
        s.municipality_code is null
        and $report <> 'budget'
        and exists (
            select 1 from marts.municipality_changes as c
            inner join
                marts.taakveld_spending as t
                on
                    c.successor_code = t.municipality_code
                    and t.fiscal_year = $fiscal_year
                    and t.report = $report
                    and t.expenses_keur is not null
            where
                c.predecessor_code = w.municipality_code
                and year(c.effective_date) = $fiscal_year
                and c.effective_date > make_date($fiscal_year, 1, 1)
        )
    )
order by w.municipality_code
