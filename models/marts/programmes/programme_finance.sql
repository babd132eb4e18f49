with

finance_lines as (

    select * from {{ ref('int_accounts__finance_lines') }}

),

names as (

    select * from {{ ref('int_programmes__names') }}

),

named as (

    {{ with_names('finance_lines') }}

)

select
    municipality_code,
    fiscal_year,
    programme_code,
    line_item,
    flow,
    municipality_name,
    programme_name,
    is_total,
    original_budget_keur,
    final_budget_keur,
    actual_keur,
    variance_keur,
    value_status,
    original_budget_status,
    final_budget_status,
    actual_status,
    variance_status,
    source_document,
    source_line,
    source_sha256
from named
where flow in ({{ quoted_codes('flow_of_line') }})
order by municipality_code, fiscal_year, programme_code, line_item, flow
