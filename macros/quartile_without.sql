{% macro quartile_without(value, quarter, n) -%}
    {%- set a, b, c = 'q' ~ quarter ~ '_a', 'q' ~ quarter ~ '_b', 'q' ~ quarter ~ '_c' -%}
    {%- set low = 'if(' ~ value ~ ' <= ' ~ a ~ ', ' ~ b ~ ', ' ~ a ~ ')' -%}
    {%- set high = 'if(' ~ value ~ ' <= ' ~ b ~ ', ' ~ c ~ ', ' ~ b ~ ')' -%}
    {{ interpolated(quarter, n ~ ' - 1', low, high) }}
{%- endmacro %}
