{% macro enum_of(relation, column) -%}
    {%- set values = [] -%}
    {%- if execute and not relation.is_cte and load_relation(relation) -%}
        {%- set found = run_query(
            'select distinct ' ~ column ~ ' from ' ~ relation
            ~ ' where ' ~ column ~ ' is not null order by ' ~ column
        ) -%}
        {%- for value in found.columns[0].values() -%}
            {%- do values.append("'" ~ (value | string | replace("'", "''")) ~ "'") -%}
        {%- endfor -%}
    {%- endif -%}
    {%- if relation.is_cte -%} varchar {%- else -%} enum({{ values | join(', ') or "''" }}) {%- endif -%}
{%- endmacro %}
