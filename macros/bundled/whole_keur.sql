{% macro whole_keur(amount) -%}
    if(
        {{ amount }} != trunc({{ amount }}),
        error(concat({{ amount }}, ' is no whole number of thousands of euro')),
        cast({{ amount }} as integer)
    )
{%- endmacro %}
