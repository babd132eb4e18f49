select
    from_year,
    municipality_code,
    to_year,
    successor_code,
    weight as value
from marts.boundary_weights
where from_year = $from_year and to_year = $to_year and municipality_code = $municipality_code
order by successor_code
