{#- Offenders: rows whose columns find no row in another model: a relationship over several
    columns. -#}
{% test every_row_found_in(model, columns, to, where="true") %}

select child.*
from {{ model }} as child
anti join {{ to }} as parent
    on {% for column in columns -%}
        {% if not loop.first %}and {% endif %}child.{{ column }} = parent.{{ column }}
    {% endfor %}
where {{ where }}

{% endtest %}
