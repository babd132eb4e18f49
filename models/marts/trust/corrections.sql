with

corrections as (

    select * from {{ ref('stg_reference__corrections') }}

),

reasons as (

    select distinct
        correction_code,
        known_since,
        reason
    from {{ ref('stg_reference__correction_rules') }}

)

select
    corrections.release_id,
    corrections.table_name,
    corrections.row_key as key,  -- noqa: RF04
    corrections.column_name,
    corrections.old_value,
    corrections.new_value,
    corrections.correction_code,
    reasons.reason,
    reasons.known_since
from corrections
inner join reasons on corrections.correction_code = reasons.correction_code
order by
    corrections.release_id,
    corrections.table_name,
    corrections.row_key,
    corrections.column_name
