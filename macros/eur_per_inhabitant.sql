{% macro eur_per_inhabitant(keur, inhabitants, price_index=none) -%}
    cast(
        round(
            {{ keur }} * 1000.0 / nullif({{ inhabitants }}, 0)
            {%- if price_index %} * 100.0 / nullif({{ price_index }}, 0){% endif %},
            2
        ) as decimal(18, 2)
    )
{%- endmacro %}
