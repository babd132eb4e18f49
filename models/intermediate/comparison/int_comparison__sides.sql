-- One row per boundary, year, budget or accounts, and denominator of values, numbered: within it a
-- municipality has one name and one number of people.
with

measured as (

    select distinct
        denominator,
        fiscal_year,
        report,
        boundary
    from {{ ref('int_comparison__values') }}

)

select
    denominator,
    fiscal_year,
    report,
    boundary,
    cast(
        row_number() over (order by denominator, fiscal_year, report, boundary) as integer
    ) as side_no
from measured
