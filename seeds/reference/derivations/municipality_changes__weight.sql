with recursive way as (
    select
        predecessor_code,
        successor_code,
        effective_date
    from marts.municipality_changes
    where
        predecessor_code = $municipality_code
        and effective_date > make_date($from_year, 1, 1)
        and effective_date <= make_date($to_year, 1, 1)
    union
    select
        c.predecessor_code,
        c.successor_code,
        c.effective_date
    from way
    inner join
        marts.municipality_changes as c
        on
            way.successor_code = c.predecessor_code
            and way.effective_date < c.effective_date
            and c.effective_date <= make_date($to_year, 1, 1)
)

select
    predecessor_code,
    successor_code,
    weight as value,
    effective_date
from marts.municipality_changes
where (predecessor_code, successor_code) in (select (predecessor_code, successor_code) from way)
order by effective_date, predecessor_code, successor_code
