{% macro whole(amounts) -%}
    if({{ amounts }}.value_status = 'partially_reported', null, {{ amounts }}.expenses_keur)
{%- endmacro %}
