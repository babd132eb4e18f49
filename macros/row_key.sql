{% macro row_key(columns, relation=none) -%}
    {%- set prefix = relation ~ '.' if relation else '' -%}
    concat_ws(' '{% for column in columns %}, concat('{{ column }}=', {{ prefix }}{{ column }}){% endfor %})
{%- endmacro %}
