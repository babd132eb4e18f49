select
    f.source,
    f.variable,
    round(f.value * w.weight) + if(w.is_largest_part, round(
        f.value * w.weights_total
    )
    - (
        select sum(round(f.value * o.weight)) from marts.boundary_weights as o
        where
            o.from_year = w.from_year
            and o.to_year = 9999
            and o.municipality_code = w.municipality_code
    ), 0) as value,
    w.weight
from marts.boundary_weights as w
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
    and (w.is_listed or f.source is not null)
order by f.source
