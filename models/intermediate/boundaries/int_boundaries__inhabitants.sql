-- One row per boundary, municipality, year and report: the people of the body that reported, on 1
-- January. Who merged away during the year and did not report itself lives in its successor. At
-- today's boundaries the parts of a split add up to its people; the remainder of rounding goes to
-- the largest part, and one unknown part makes the whole unknown.
with

population as (

    select * from {{ ref('int_population__inhabitants') }}

),

changes as (

    select * from {{ ref('stg_reference__boundary_changes') }}

),

reports as (

    select * from {{ ref('stg_reference__iv3_reports') }}

),

deliveries as (

    select * from {{ ref('int_iv3__deliveries') }}

),

weights as (

    select * from {{ ref('int_boundaries__weights') }}
    where to_year = 9999

),

-- A budget is made before a merger during the year, every later report after it.
merged_during_year as (

    select
        changes.predecessor_code,
        changes.successor_code,
        reports.report,
        year(changes.effective_date) as fiscal_year
    from changes
    cross join reports
    anti join deliveries
        on
            changes.predecessor_code = deliveries.municipality_code
            and year(changes.effective_date) = deliveries.fiscal_year
            and reports.report = deliveries.report
            and deliveries.vintage is not null
    where
        changes.effective_date > make_date(year(changes.effective_date), 1, 1)
        and reports.report != 'budget'

),

reported as (

    select
        population.fiscal_year,
        reports.report,
        coalesce(merged_during_year.successor_code, population.municipality_code)
            as municipality_code,
        cast(sum(population.inhabitants) as integer) as inhabitants,
        min(population.inhabitants_source) filter (
            where merged_during_year.successor_code is null
        ) as inhabitants_source
    from population
    cross join reports
    left join merged_during_year
        on
            population.municipality_code = merged_during_year.predecessor_code
            and population.fiscal_year = merged_during_year.fiscal_year
            and reports.report = merged_during_year.report
    group by
        population.fiscal_year,
        reports.report,
        coalesce(merged_during_year.successor_code, population.municipality_code)

),

rounded as (

    select
        weights.from_year as fiscal_year,
        weights.municipality_code,
        weights.successor_code,
        weights.weights_total,
        weights.is_largest_part,
        population.inhabitants,
        population.inhabitants_source,
        round(population.inhabitants * weights.weight) as part
    from weights
    left join population
        on
            weights.municipality_code = population.municipality_code
            and weights.from_year = population.fiscal_year
    where weights.is_listed or population.inhabitants is not null

),

parts as (

    select
        fiscal_year,
        successor_code,
        inhabitants_source,
        part + if(
            is_largest_part,
            round(inhabitants * weights_total)
            - sum(part) over (partition by fiscal_year, municipality_code),
            0
        ) as inhabitants
    from rounded

),

today as (

    select
        fiscal_year,
        successor_code as municipality_code,
        cast(
            if(count(inhabitants) = count(*), sum(inhabitants), null) as integer
        ) as inhabitants,
        if(count(*) = 1, min(inhabitants_source), null) as inhabitants_source
    from parts
    group by fiscal_year, successor_code

)

select
    'as_reported' as boundary,
    municipality_code,
    fiscal_year,
    report,
    inhabitants,
    inhabitants_source
from reported
union all
select
    'current' as boundary,
    today.municipality_code,
    today.fiscal_year,
    reports.report,
    today.inhabitants,
    today.inhabitants_source
from today
cross join reports
where today.inhabitants is not null
