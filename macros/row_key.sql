{#- Key of a published row as text: column=value pairs in key order, separated by a space. -#}
{% macro row_key(columns) -%}
    concat_ws(' '{% for column in columns %}, concat('{{ column }}=', {{ column }}){% endfor %})
{%- endmacro %}
