{% macro numerator_of(value, people) -%}
    round({{ value }} * {{ people }} * 0.001, 3)
{%- endmacro %}
