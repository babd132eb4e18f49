{#- A quartile (1, 2 or 3) of a sorted list of n values by linear interpolation (type 7). -#}
{% macro quartile(quarter, sorted, n) -%}
    {%- set place = '(' ~ n ~ ' - 1) * ' ~ quarter -%}
    {%- set low = sorted ~ '[' ~ place ~ ' // 4 + 1]' -%}
    {%- set high = sorted ~ '[' ~ place ~ ' // 4 + 2]' -%}
    {{ low }} + coalesce(({{ place }} % 4) * 0.25 * ({{ high }} - {{ low }}), 0)
{%- endmacro %}
