{% test every_row_found_in(model, columns, to, where="true") %}

select child.*
from {{ model }} as child
anti join {{ to }} as parent
    on {% for column in columns -%}
        {% if not loop.first %}and {% endif %}child.{{ column }} = parent.{{ column }}
    {% endfor %}
where {{ where }}

{% endtest %}
