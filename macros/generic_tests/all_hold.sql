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
