with

facts as (

    select * from {{ ref('stg_accounts__chapter_facts') }}

),

identities as (

    select * from {{ ref('stg_reference__prose_identities') }}

),

terms as (

    select * from {{ ref('stg_reference__prose_identity_terms') }}

),

checked_by as (

    select
        identities.municipality_code,
        identities.fiscal_year,
        identities.programme_code,
        terms.source_key as fact_no,
        string_agg(distinct identities.identity_code, ', ' order by identities.identity_code)
            as identity_codes
    from terms
    inner join identities on terms.identity_code = identities.identity_code
    where terms.source_kind = 'fact'
    group by
        identities.municipality_code,
        identities.fiscal_year,
        identities.programme_code,
        terms.source_key

),

names as (

    select * from {{ ref('int_programmes__names') }}

),

nodes as (

    select * from {{ ref('int_accounts__goal_tree') }}

),

named as (

    {{ with_names('facts') }}

)

select
    named.municipality_code,
    named.fiscal_year,
    named.programme_code,
    named.fact_no,
    named.municipality_name,
    named.programme_name,
    named.kind,
    named.code,
    named.part_of_fact_no,
    named.title,
    named.party_role,
    named.objective_code,
    {{ node_name('objective', 'named', 'objective_code') }} as objective_name,
    named.products,
    named.value,
    named.unit,
    named.hedge,
    named.value_text,
    named.reference_year,
    named.reference_from,
    named.reference_to,
    checked_by.identity_codes as reconciles_with,
    named.value_status,
    named.source_document,
    named.source_line
from named
left join checked_by
    on
        named.municipality_code = checked_by.municipality_code
        and named.fiscal_year = checked_by.fiscal_year
        and named.programme_code = checked_by.programme_code
        and cast(named.fact_no as varchar) = checked_by.fact_no
order by named.municipality_code, named.fiscal_year, named.programme_code, named.fact_no
