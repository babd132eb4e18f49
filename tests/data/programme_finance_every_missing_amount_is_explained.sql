-- Offenders: amounts whose phase is reported though there is none, or not reported though there is.
with

lines as (

    select * from {{ ref('programme_finance') }}

)

{%- for phase in codes_of('phase_of_amount') %}
{%- if not loop.first %}
union all
{%- endif %}
select
    municipality_code,
    fiscal_year,
    programme_code,
    line_item,
    flow,
    '{{ phase }}' as phase,
    {{ phase }}_keur as amount_keur,
    {{ phase }}_status as phase_status
from lines
where
    ({{ phase }}_keur is null)
    = ({{ phase }}_status in ('reported', 'provisional', 'estimated'))
{%- endfor %}
