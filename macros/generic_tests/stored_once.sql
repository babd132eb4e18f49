{% test stored_once(model) %}

{%- set key = ['municipality_code', 'fiscal_year', 'report', 'measure_code', 'peer_group_code'] -%}
{%- set twice -%}
    count(*) filter (where boundary in ('as_reported', 'both')) > 1
    or count(*) filter (where boundary in ('current', 'both')) > 1
{%- endset -%}
with

-- Millions of keys are told apart as numbers; those that may stand twice are looked at whole.
suspected as (

    select hash({{ key | join(', ') }}) as key_hash
    from {{ model }}
    group by key_hash
    having {{ twice }}

)

select
    {{ key | join(',\n    ') }},
    count(*) as row_count
from {{ model }}
where hash({{ key | join(', ') }}) in (select key_hash from suspected)
group by {{ key | join(', ') }}
having {{ twice }}

{% endtest %}
