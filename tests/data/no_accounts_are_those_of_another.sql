-- Offenders: two municipalities of one year and report, or two years of one municipality, of which
-- the expenses are the same to the unit on most taakvelden. One of both has the figures of the
-- other: which one is told in `iv3_faults`. Small amounts are alike by chance; a budget may repeat
-- much of the year before, so that years are alike from nine in ten taakvelden on.
{{ config(severity='warn') }}

with

amounts as (

    select
        municipality_code,
        fiscal_year,
        report,
        taakveld_code,
        expenses_keur,
        count(*) over (partition by municipality_code, fiscal_year, report) as taakvelden_n
    from {{ ref('int_iv3__taakveld_amounts') }}
    where abs(expenses_keur) >= 100

)

select
    one.report,
    one.municipality_code,
    one.fiscal_year,
    other.municipality_code as alike_code,
    other.fiscal_year as alike_year,
    count(*) as alike_n,
    any_value(least(one.taakvelden_n, other.taakvelden_n)) as fewest_n
from amounts as one
inner join amounts as other
    on
        one.report = other.report
        and one.taakveld_code = other.taakveld_code
        and one.expenses_keur = other.expenses_keur
where
    (one.fiscal_year = other.fiscal_year and one.municipality_code < other.municipality_code)
    or (one.municipality_code = other.municipality_code and one.fiscal_year < other.fiscal_year)
group by
    one.report,
    one.municipality_code,
    one.fiscal_year,
    other.municipality_code,
    other.fiscal_year
having
    alike_n >= 10
    and alike_n >= if(one.fiscal_year = other.fiscal_year, 0.5, 0.9) * fewest_n
