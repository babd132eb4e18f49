{% test known_values(model, lists) %}

{% for column, code_list in lists.items() -%}
{% if not loop.first %}
union all
{% endif -%}
select
    '{{ column }}' as column_name,
    cast({{ column }} as varchar) as unknown_value,
    count(*) as rows_n
from {{ model }}
where cast({{ column }} as varchar) not in ({{ quoted_codes(code_list) }})
group by {{ column }}
{%- endfor %}

{% endtest %}
