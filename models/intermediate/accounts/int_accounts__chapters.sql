-- One row per programme of which a chapter was read: parts of it are stated or counted. Of other
-- programmes only an overview is known, from which amounts of years and reserves are read.
with

programmes as (

    select * from {{ ref('stg_accounts__programmes') }}

),

parts as (

    select
        municipality_code,
        fiscal_year,
        programme_code
    from {{ ref('stg_accounts__chapter_parts') }}
    union all
    select
        municipality_code,
        fiscal_year,
        programme_code
    from {{ ref('int_accounts__parts_found') }}

)

select
    programmes.municipality_code,
    programmes.fiscal_year,
    programmes.programme_code,
    programmes.programme_name,
    programmes.portfolio_holder,
    programmes.document_type,
    programmes.document_status,
    programmes.value_status,
    programmes.status_reason,
    programmes.source_document,
    programmes.source_line,
    programmes.seed_line
from programmes
semi join parts
    on
        programmes.municipality_code = parts.municipality_code
        and programmes.fiscal_year = parts.fiscal_year
        and programmes.programme_code = parts.programme_code
