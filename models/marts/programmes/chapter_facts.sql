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

)

select
    facts.municipality_code,
    facts.fiscal_year,
    facts.programme_code,
    facts.fact_no,
    facts.kind,
    facts.code,
    facts.part_of_fact_no,
    facts.title,
    facts.party_role,
    facts.objective_code,
    facts.products,
    facts.value,
    facts.unit,
    facts.hedge,
    facts.value_text,
    facts.reference_year,
    facts.reference_from,
    facts.reference_to,
    checked_by.identity_codes as reconciles_with,
    facts.value_status,
    facts.source_document,
    facts.source_line
from facts
left join checked_by
    on
        facts.municipality_code = checked_by.municipality_code
        and facts.fiscal_year = checked_by.fiscal_year
        and facts.programme_code = checked_by.programme_code
        and cast(facts.fact_no as varchar) = checked_by.fact_no
order by facts.municipality_code, facts.fiscal_year, facts.programme_code, facts.fact_no
