with

changes as (

    select * from {{ ref('stg_reference__boundary_changes') }}

),

municipalities as (

    select * from {{ ref('dim_municipality_current') }}

)

select
    changes.predecessor_code,
    changes.successor_code,
    predecessors.municipality_name as predecessor_name,
    successors.municipality_name as successor_name,
    changes.effective_date,
    changes.kind,
    changes.weight,
    changes.weight_basis,
    changes.source,
    changes.note
from changes
left join municipalities as predecessors
    on changes.predecessor_code = predecessors.municipality_code
left join municipalities as successors
    on changes.successor_code = successors.municipality_code
order by changes.predecessor_code, changes.successor_code
