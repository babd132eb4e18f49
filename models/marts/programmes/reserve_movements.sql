with

reserves as (

    select * from {{ ref('stg_accounts__reserves') }}

),

documents as (

    select * from {{ ref('stg_accounts__documents') }}

),

names as (

    select * from {{ ref('int_programmes__names') }}

),

named as (

    {{ with_names('reserves') }}

)

select
    named.municipality_code,
    named.fiscal_year,
    named.programme_code,
    named.reserve_name,
    named.municipality_name,
    named.programme_name,
    named.opening_keur,
    named.interest_keur,
    named.added_keur,
    named.withdrawn_keur,
    named.closing_keur,
    named.value_status,
    named.source_document,
    named.source_line,
    documents.sha256 as source_sha256
from named
left join documents
    on
        named.municipality_code = documents.municipality_code
        and named.fiscal_year = documents.fiscal_year
        and named.programme_code = documents.programme_code
        and named.source_document = documents.name
order by
    named.municipality_code, named.fiscal_year, named.programme_code, named.reserve_name
