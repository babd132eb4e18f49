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
    s.municipality_code,
    s.fiscal_year,
    s.report,
    min(s.taakveld_code) as taakveld_code,
    any_value(s.inhabitants) as value
from settled
inner join
    marts.taakveld_spending_current as s
    on
        settled.municipality_code = s.municipality_code
        and s.fiscal_year = $fiscal_year
        and s.report = $report
where settled.centre_code = $municipality_code and $boundary = 'current'
group by s.municipality_code, s.fiscal_year, s.report
order by s.municipality_code
