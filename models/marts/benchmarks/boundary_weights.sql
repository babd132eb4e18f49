with

weights as (

    select * from {{ ref('int_boundaries__weights') }}

)

select
    from_year,
    municipality_code,
    to_year,
    successor_code,
    weight,
    weights_total,
    is_largest_part,
    is_listed,
    is_estimate
from weights
order by from_year, municipality_code, to_year, successor_code
