with

weights as (

    select * from {{ ref('int_boundaries__weights') }}

),

municipalities as (

    select * from {{ ref('dim_municipality_current') }}

)

select
    weights.from_year,
    weights.municipality_code,
    weights.to_year,
    weights.successor_code,
    municipalities.municipality_name,
    successors.municipality_name as successor_name,
    weights.weight,
    weights.weights_total,
    weights.is_largest_part,
    weights.is_listed,
    weights.is_estimate
from weights
left join municipalities on weights.municipality_code = municipalities.municipality_code
left join municipalities as successors
    on weights.successor_code = successors.municipality_code
order by
    weights.from_year, weights.municipality_code, weights.to_year, weights.successor_code
