{#- Offenders: conditions that do not hold for every row, by name, each with the number of rows that
    break it. Unknown (null) counts as not holding. One reading for all of them. -#}
{% test all_hold(model, conditions) %}

with counted as (

    select
        {% for name, condition in conditions.items() -%}
        count(*) filter (where ({{ condition }}) is not true) as {{ name }}{{ '' if loop.last else ',' }}
        {% endfor -%}
    from {{ model }}

)

{% for name in conditions -%}
{% if not loop.first %}
union all
{% endif -%}
select
    '{{ name }}' as condition_name,
    {{ name }} as rows_n
from counted
where {{ name }} > 0
{%- endfor %}

{% endtest %}
