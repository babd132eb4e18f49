{#- The amount in thousands of euro that a value in euro per head and its people make, rounded as
    amounts are. -#}
{% macro numerator_of(value, people) -%}
    round({{ value }} * {{ people }} * 0.001, 3)
{%- endmacro %}

{#- The same of a stored row of the comparison, with the rest that rounding left. -#}
{% macro stored_numerator(rows) -%}
    {{ numerator_of(rows ~ '.value', rows ~ '.inhabitants') }} + {{ rows }}.numerator_rest * 0.001
{%- endmacro %}
