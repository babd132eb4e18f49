-- One row per boundary and year: from how many municipalities neighbours could be chosen, and
-- whether those are fewer than four fifths of all. At today's boundaries neighbours are those of
-- the latest year.
with

standardised as (

    select * from {{ ref('int_peers__standardised') }}
    where standard_score is not null

),

municipalities as (

    select * from {{ ref('int_peers__municipalities') }}

),

candidates as (

    select
        fiscal_year,
        count(distinct municipality_code) as candidates_n
    from standardised
    group by fiscal_year

),

latest as (

    select max(fiscal_year) as fiscal_year from candidates

),

listed as (

    select
        boundary,
        fiscal_year,
        count(*) as municipalities_n
    from municipalities
    group by boundary, fiscal_year

)

select
    listed.boundary,
    listed.fiscal_year,
    cast(candidates.candidates_n as integer) as candidates_n,
    cast(listed.municipalities_n as integer) as municipalities_n,
    candidates.candidates_n < 0.8 * listed.municipalities_n as is_narrow
from listed
cross join latest
inner join candidates
    on
        candidates.fiscal_year
        = if(listed.boundary = 'current', latest.fiscal_year, listed.fiscal_year)
