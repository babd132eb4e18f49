with

changes as (

    select * from {{ ref('stg_reference__boundary_changes') }}

)

select
    predecessor_code,
    successor_code,
    effective_date,
    kind,
    weight,
    weight_basis,
    source,
    note
from changes
order by predecessor_code, successor_code
