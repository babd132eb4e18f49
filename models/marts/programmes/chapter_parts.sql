with

chapter_parts as (

    select * from {{ ref('stg_accounts__chapter_parts') }}

)

select
    municipality_code,
    fiscal_year,
    programme_code,
    part,
    rows_n,
    value_status,
    status_reason,
    source_document,
    source_line
from chapter_parts
order by municipality_code, fiscal_year, programme_code, part
