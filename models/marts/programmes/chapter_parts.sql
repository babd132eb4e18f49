with

chapter_parts as (

    select * from {{ ref('stg_accounts__chapter_parts') }}

),

names as (

    select * from {{ ref('int_programmes__names') }}

),

named as (

    {{ with_names('chapter_parts') }}

)

select
    municipality_code,
    fiscal_year,
    programme_code,
    part,
    municipality_name,
    programme_name,
    rows_n,
    value_status,
    status_reason,
    source_document,
    source_line
from named
order by municipality_code, fiscal_year, programme_code, part
