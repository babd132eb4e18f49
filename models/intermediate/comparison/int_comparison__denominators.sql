-- One row per boundary, municipality, year, report and denominator: the people that an amount is
-- divided by. The serving region of a centre municipality is that of 2016, at the boundaries asked
-- for; one unknown member makes it unknown.
with

inhabitants as (

    select * from {{ ref('int_boundaries__inhabitants') }}
    where report in ('budget', 'accounts')

),

young as (

    select * from {{ ref('stg_benchmarks__population_aged_0_17') }}

),

members as (

    select * from {{ ref('int_peers__region_members') }}
    where region_kind = 'shelter'

),

serving as (

    select
        inhabitants.boundary,
        members.centre_code as municipality_code,
        inhabitants.fiscal_year,
        inhabitants.report,
        cast(sum(inhabitants.inhabitants) as integer) as people,
        count(*) as members_n
    from members
    inner join inhabitants
        on
            members.is_settled
            and members.municipality_code = inhabitants.municipality_code
            and members.to_year
            = if(inhabitants.boundary = 'current', 9999, inhabitants.fiscal_year)
    group by
        inhabitants.boundary, members.centre_code, inhabitants.fiscal_year, inhabitants.report

),

-- Who merged away during a year has people in its budgets, and in its successor after that.
merged as (

    select
        municipality_code,
        fiscal_year
    from inhabitants
    where boundary = 'as_reported'
    group by municipality_code, fiscal_year
    having not bool_or(report = 'accounts')

),

reports as (

    select distinct report from inhabitants

),

expected as (

    select
        members.to_year,
        members.centre_code,
        reports.report,
        count(*) as members_n
    from members
    cross join reports
    left join merged
        on
            members.municipality_code = merged.municipality_code
            and members.to_year = merged.fiscal_year
    where merged.municipality_code is null or reports.report = 'budget'
    group by members.to_year, members.centre_code, reports.report

)

select
    boundary,
    municipality_code,
    fiscal_year,
    report,
    'inhabitants' as denominator,
    inhabitants as people,
    false as is_estimate
from inhabitants
union all
select
    inhabitants.boundary,
    young.municipality_code,
    inhabitants.fiscal_year,
    inhabitants.report,
    'aged_0_17' as denominator,
    young.inhabitants_aged_0_17 as people,
    young.value_status = 'estimated' as is_estimate
from young
inner join inhabitants
    on
        young.municipality_code = inhabitants.municipality_code
        and year(young.reference_date) = inhabitants.fiscal_year
-- A sum of several bodies has no source of its own.
where inhabitants.inhabitants_source is not null
union all
select
    serving.boundary,
    serving.municipality_code,
    serving.fiscal_year,
    serving.report,
    'serving_region' as denominator,
    serving.people,
    false as is_estimate
from serving
inner join expected
    on
        serving.municipality_code = expected.centre_code
        and expected.to_year = if(serving.boundary = 'current', 9999, serving.fiscal_year)
        and serving.report = expected.report
        and serving.members_n = expected.members_n
