{#- The expenses of a row of amounts where nothing of them is missing: what is known in part is no
    basis for a figure per inhabitant. -#}
{% macro whole(amounts) -%}
    if({{ amounts }}.value_status = 'partially_reported', null, {{ amounts }}.expenses_keur)
{%- endmacro %}
