{#- The amount in thousands of euro that a value in euro per head and its people make, rounded as
    amounts are. -#}
{% macro numerator_of(value, people) -%}
    round({{ value }} * {{ people }} * 0.001, 3)
{%- endmacro %}
