{#- Offenders: values that a column holds and its set does not know, each with the number of its
    rows. Null is not judged here. -#}
{% test known_values(model, sets) %}

{% for column, known in sets.items() -%}
{% if not loop.first %}
union all
{% endif -%}
select
    '{{ column }}' as column_name,
    cast({{ column }} as varchar) as unknown_value,
    count(*) as rows_n
from {{ model }}
where cast({{ column }} as varchar) not in ('{{ known | join("', '") }}')
group by {{ column }}
{%- endfor %}

{% endtest %}
