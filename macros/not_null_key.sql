{% macro not_null_key(relation, columns) -%}
    {%- for column in columns -%}
        alter table {{ relation }} alter column {{ column }} set not null;
    {%- endfor -%}
{%- endmacro %}
