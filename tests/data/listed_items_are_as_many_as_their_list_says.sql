-- Offenders: lists of a chapter whose items are others in number than the fact that counts them
-- says, and items of a fact that is not there.
with

facts as (

    select * from {{ ref('chapter_facts') }}

),

items as (

    select
        municipality_code,
        fiscal_year,
        programme_code,
        part_of_fact_no,
        count(*) as items_n
    from facts
    where part_of_fact_no is not null
    group by municipality_code, fiscal_year, programme_code, part_of_fact_no

)

select
    items.municipality_code,
    items.fiscal_year,
    items.programme_code,
    items.part_of_fact_no,
    items.items_n,
    facts.value as items_said
from items
left join facts
    on
        items.municipality_code = facts.municipality_code
        and items.fiscal_year = facts.fiscal_year
        and items.programme_code = facts.programme_code
        and items.part_of_fact_no = facts.fact_no
where facts.fact_no is null or facts.value != items.items_n
