-- Offenders: years, reports and taakvelden whose expenses or revenue at today's boundaries do not add
-- up to what was delivered, to the last digit; and years in which everyone is counted whose people
-- do not.
with

amounts as (

    select
        boundary,
        'expenses' as subject,
        fiscal_year,
        report,
        taakveld_code,
        expenses_keur as amount
    from {{ ref('int_boundaries__amounts') }}
    union all
    select
        boundary,
        'revenue' as subject,
        fiscal_year,
        report,
        taakveld_code,
        revenue_keur as amount
    from {{ ref('int_boundaries__amounts') }}

),

population as (

    select * from {{ ref('int_population__inhabitants') }}

),

counted as (

    select weights.from_year as fiscal_year
    from {{ ref('int_boundaries__weights') }} as weights
    left join population
        on
            weights.municipality_code = population.municipality_code
            and weights.from_year = population.fiscal_year
    where weights.to_year = 9999 and weights.is_listed
    group by weights.from_year
    having count(population.inhabitants) = count(*)

),

people as (

    select
        'as_reported' as boundary,
        'inhabitants' as subject,
        population.fiscal_year,
        'budget' as report,
        'none' as taakveld_code,
        population.inhabitants as amount
    from population
    semi join counted on population.fiscal_year = counted.fiscal_year
    union all
    select
        inhabitants.boundary,
        'inhabitants' as subject,
        inhabitants.fiscal_year,
        inhabitants.report,
        'none' as taakveld_code,
        inhabitants.inhabitants as amount
    from {{ ref('int_boundaries__inhabitants') }} as inhabitants
    semi join counted on inhabitants.fiscal_year = counted.fiscal_year
    where inhabitants.boundary = 'current' and inhabitants.report = 'budget'

),

unioned as (

    select * from amounts
    union all
    select * from people

)

select
    subject,
    fiscal_year,
    report,
    taakveld_code,
    sum(amount) filter (where boundary = 'as_reported') as delivered,
    sum(amount) filter (where boundary = 'current') as at_todays_boundaries
from unioned
group by subject, fiscal_year, report, taakveld_code
having delivered is distinct from at_todays_boundaries
