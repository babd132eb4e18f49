{#- Key of a published row as text: column=value pairs in key order, separated by a space; the
    columns are taken from `relation` where more than one is at hand. -#}
{% macro row_key(columns, relation=none) -%}
    {%- set prefix = relation ~ '.' if relation else '' -%}
    concat_ws(' '{% for column in columns %}, concat('{{ column }}=', {{ prefix }}{{ column }}){% endfor %})
{%- endmacro %}
