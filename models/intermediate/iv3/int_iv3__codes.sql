-- One row per year and code that amounts were delivered or bundled under, where the classification
-- of that year knows it: its name, main taakveld and cluster. A code of level `rolled_up` stands
-- for the codes that begin with it; its name is the newest that it had as a code of its own. One
-- that adds up codes of two clusters (6.79: Wmo and youth) belongs to none.
with

amounts as (

    select distinct
        fiscal_year,
        taakveld_code,
        level
    from {{ ref('int_iv3__taakveld_amounts') }}

),

taakvelden as (

    select * from {{ ref('stg_reference__taakvelden') }}

),

newest as (

    select
        taakveld_code,
        max_by(taakveld_name, valid_from_year) as taakveld_name
    from taakvelden
    group by taakveld_code

)

select
    amounts.fiscal_year,
    amounts.taakveld_code,
    amounts.level,
    coalesce(
        max(taakvelden.taakveld_name) filter (
            where taakvelden.taakveld_code = amounts.taakveld_code
        ),
        any_value(newest.taakveld_name),
        concat(
            'Som van ',
            string_agg(taakvelden.taakveld_code, ', ' order by taakvelden.taakveld_code)
        )
    ) as taakveld_name,
    min(taakvelden.main_taakveld_code) as main_taakveld_code,
    min(taakvelden.main_taakveld_name) as main_taakveld_name,
    if(
        count(distinct taakvelden.cluster_code) = 1, min(taakvelden.cluster_code), null
    ) as cluster_code,
    if(
        count(distinct taakvelden.cluster_code) = 1, min(taakvelden.cluster_name), null
    ) as cluster_name
from amounts
inner join taakvelden
    on
        if(
            amounts.level = 'rolled_up',
            starts_with(taakvelden.taakveld_code, amounts.taakveld_code),
            amounts.taakveld_code = taakvelden.taakveld_code
        )
        and amounts.fiscal_year
        between taakvelden.valid_from_year and coalesce(taakvelden.valid_to_year, 9999)
left join newest on amounts.taakveld_code = newest.taakveld_code
group by amounts.fiscal_year, amounts.taakveld_code, amounts.level
