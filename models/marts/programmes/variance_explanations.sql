with

explanations as (

    select * from {{ ref('int_accounts__explanations') }}

),

names as (

    select * from {{ ref('int_programmes__names') }}

),

named as (

    {{ with_names('explanations') }}

)

select
    municipality_code,
    fiscal_year,
    programme_code,
    explanation_no,
    municipality_name,
    programme_name,
    role,
    parent_explanation_no,
    subject,
    amount_keur,
    amount_text,
    hedge,
    nature,
    reason,
    line_item,
    flows,
    cast(table_amount_keur as decimal(18, 3)) as table_amount_keur,
    cast(difference_keur as decimal(18, 3)) as difference_keur,
    reconciliation,
    source_document,
    source_line
from named
order by municipality_code, fiscal_year, programme_code, explanation_no
