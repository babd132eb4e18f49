{% macro quartile(quarter, n) -%}
    {%- set a, b, c = 'q' ~ quarter ~ '_a', 'q' ~ quarter ~ '_b', 'q' ~ quarter ~ '_c' -%}
    {%- set is_first = quartile_row(quarter, n) ~ ' = ' ~ quartile_row(quarter, n ~ ' - 1') -%}
    {%- set low = 'if(' ~ is_first ~ ', ' ~ a ~ ', ' ~ b ~ ')' -%}
    {%- set high = 'if(' ~ is_first ~ ', ' ~ b ~ ', ' ~ c ~ ')' -%}
    {{ interpolated(quarter, n, low, high) }}
{%- endmacro %}

{% macro quartile_row(quarter, n) -%}
    (({{ n }} - 1) * {{ quarter }} // 4 + 1)
{%- endmacro %}

{% macro interpolated(quarter, n, low, high) -%}
    {{ low }} + coalesce((({{ n }} - 1) * {{ quarter }} % 4) * 0.25 * ({{ high }} - {{ low }}), 0)
{%- endmacro %}
