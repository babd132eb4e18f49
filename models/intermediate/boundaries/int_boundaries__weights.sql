-- One row per municipality of a year and municipality of a later division: which part of the first
-- lies in the second. Chains of changes are followed forward in time; `to_year` 9999 is today's
-- division. A year's division is that of 1 January, so what merged during a year is still whole in
-- it. A municipality that delivered but is not in the list of its year (`is_listed`) stays what it
-- is: its money is not lost.
with recursive

municipalities as (

    select * from {{ ref('stg_reference__municipalities') }}

),

changes as (

    select * from {{ ref('stg_reference__boundary_changes') }}

),

amounts as (

    select distinct
        fiscal_year,
        municipality_code
    from {{ ref('int_iv3__taakveld_amounts') }}

),

years as (

    select fiscal_year from {{ ref('int_boundaries__years') }}

),

pairs as (

    select
        from_years.fiscal_year as from_year,
        to_years.fiscal_year as to_year
    from years as from_years
    inner join
        (
            select years.fiscal_year from years
            union all
            select 9999 as fiscal_year
        ) as to_years
        on from_years.fiscal_year <= to_years.fiscal_year

),

listed as (

    select
        years.fiscal_year,
        municipalities.municipality_code
    from years
    inner join municipalities
        on
            make_date(years.fiscal_year, 1, 1)
            between municipalities.valid_from
            and coalesce(municipalities.valid_to, date '9999-12-31')

),

started as (

    select
        listed.*,
        true as is_listed
    from listed
    union all
    select
        amounts.*,
        false as is_listed
    from amounts
    anti join listed
        on
            amounts.fiscal_year = listed.fiscal_year
            and amounts.municipality_code = listed.municipality_code

),

walked as (

    select
        pairs.from_year,
        pairs.to_year,
        started.municipality_code,
        started.municipality_code as successor_code,
        started.is_listed,
        make_date(pairs.from_year, 1, 1) as changed_on,
        cast(1 as decimal(28, 12)) as weight,
        false as is_estimate
    from pairs
    inner join started on pairs.from_year = started.fiscal_year
    union all
    select
        walked.from_year,
        walked.to_year,
        walked.municipality_code,
        changes.successor_code,
        walked.is_listed,
        changes.effective_date as changed_on,
        cast(walked.weight * changes.weight as decimal(28, 12)) as weight,
        walked.is_estimate or changes.weight < 1 as is_estimate
    from walked
    inner join changes
        on
            walked.successor_code = changes.predecessor_code
            and walked.changed_on < changes.effective_date
            and make_date(walked.to_year, 1, 1) >= changes.effective_date

),

-- A municipality that changed again is a step of the walk, not its end.
ended as (

    select walked.*
    from walked
    anti join changes
        on
            walked.successor_code = changes.predecessor_code
            and walked.changed_on < changes.effective_date
            and make_date(walked.to_year, 1, 1) >= changes.effective_date

),

summed as (

    select
        from_year,
        to_year,
        municipality_code,
        successor_code,
        is_listed,
        cast(sum(weight) as decimal(28, 12)) as weight,
        bool_or(is_estimate) as is_estimate
    from ended
    group by from_year, to_year, municipality_code, successor_code, is_listed

)

select
    from_year,
    to_year,
    municipality_code,
    successor_code,
    weight,
    is_listed,
    is_estimate,
    cast(sum(weight) over whole as decimal(28, 12)) as weights_total,
    row_number() over (whole order by weight desc, successor_code asc) = 1 as is_largest_part
from summed
window whole as (partition by from_year, to_year, municipality_code)
