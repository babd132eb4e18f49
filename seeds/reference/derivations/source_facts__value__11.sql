with placed as (
    select
        w.successor_code as municipality_code,
        r.value_text as centre_code,
        bool_or(r.municipality_code = w.successor_code) as kept,
        count(*) filter (where w.weight = 1) as whole_n
    from marts.source_facts as r
    inner join
        marts.boundary_weights as w
        on cast(w.from_year as varchar) = r.period and r.municipality_code = w.municipality_code
    where
        r.dataset = 'municipality_regions'
        and r.subject_code = 'shelter'
        and w.to_year = if($boundary = 'current', 9999, $fiscal_year)
    group by all
),

best as (
    select *
    from placed
    qualify rank() over (partition by municipality_code order by kept desc, whole_n desc) = 1
),

settled as (
    select
        any_value(centre_code) as centre_code,
        municipality_code
    from best
    group by municipality_code
    having count(*) = 1
)

select
    f.source,
    f.variable,
    f.value
from settled
inner join
    marts.source_facts as f
    on
        f.dataset = 'population'
        and settled.municipality_code = f.municipality_code
        and f.period = cast($fiscal_year as varchar)
where settled.centre_code = $municipality_code and $boundary = 'as_reported'
order by f.source
