with

lineage as (

    select * from {{ ref('stg_reference__programme_lineage') }}

),

municipalities as (

    select * from {{ ref('dim_municipality_current') }}

)

select
    lineage.municipality_code,
    lineage.predecessor_name,
    lineage.predecessor_first_year,
    lineage.successor_name,
    lineage.successor_first_year,
    municipalities.municipality_name,
    lineage.predecessor_last_year,
    lineage.predecessor_code,
    lineage.successor_last_year,
    lineage.successor_code,
    lineage.weight,
    lineage.weight_basis,
    lineage.evidence as evidence_text,
    lineage.source
from lineage
left join municipalities on lineage.municipality_code = municipalities.municipality_code
order by
    lineage.municipality_code,
    lineage.predecessor_name,
    lineage.predecessor_first_year,
    lineage.successor_name,
    lineage.successor_first_year
