-- The totals of a document are proved by its programmes and are no amounts beside them: they stand
-- in reconciliation. What a document prints outside its programmes has their place, under its own.
with

budget_years as (

    select * from {{ ref('stg_accounts__budget_years') }}

),

programmes as (

    select * from {{ ref('stg_accounts__programmes') }}

),

documents as (

    select * from {{ ref('stg_accounts__documents') }}

),

names as (

    select * from {{ ref('int_programmes__names') }}

),

named as (

    {{ with_names('budget_years') }}

)

select
    named.municipality_code,
    named.fiscal_year,
    named.programme_code,
    named.line_item,
    named.flow,
    named.amount_year,
    named.phase,
    named.municipality_name,
    named.programme_name,
    -- What nobody said more precisely is what the inbox takes: annual accounts.
    coalesce(programmes.document_type, 'jaarstukken') as document_type,
    named.is_total,
    named.phase_basis,
    named.amount_keur,
    named.value_status,
    named.source_document,
    named.source_line,
    documents.sha256 as source_sha256
from named
left join programmes
    on
        named.municipality_code = programmes.municipality_code
        and named.fiscal_year = programmes.fiscal_year
        and named.programme_code = programmes.programme_code
left join documents
    on
        named.municipality_code = documents.municipality_code
        and named.fiscal_year = documents.fiscal_year
        and named.programme_code = documents.programme_code
        and named.source_document = documents.name
where
    named.flow in ({{ quoted_codes('flow_of_line') }})
    and not (named.is_total and named.programme_code = '{{ whole_document() }}')
order by
    named.municipality_code,
    named.fiscal_year,
    named.programme_code,
    named.line_item,
    named.flow,
    named.amount_year,
    named.phase
