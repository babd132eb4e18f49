-- Offenders: municipalities whose expenses and revenue of a report are, taakveld by taakveld, those
-- of another. One of both has the figures of the other: which one is told in `iv3_faults`.
{{ config(severity='warn') }}

with

amounts as (

    select
        fiscal_year,
        report,
        municipality_code,
        sum(expenses_keur) as expenses_keur,
        string_agg(
            concat_ws(' ', taakveld_code, expenses_keur, revenue_keur), ';' order by taakveld_code
        ) as fingerprint
    from {{ ref('int_iv3__taakveld_amounts') }}
    where expenses_keur is not null
    group by fiscal_year, report, municipality_code

)

select
    *,
    count(*) over (partition by fiscal_year, report, fingerprint) as alike_n
from amounts
where expenses_keur != 0
qualify alike_n > 1
