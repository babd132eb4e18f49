{#- A quartile (1, 2 or 3) by linear interpolation (type 7) of a group's n values. The group's
    values around that quartile stand in `q<quarter>_a`, `_b` and `_c`, in order, from the row that
    `quartile_row` names of one value less. -#}
{% macro quartile(quarter, n) -%}
    {%- set a, b, c = 'q' ~ quarter ~ '_a', 'q' ~ quarter ~ '_b', 'q' ~ quarter ~ '_c' -%}
    {%- set is_first = quartile_row(quarter, n) ~ ' = ' ~ quartile_row(quarter, n ~ ' - 1') -%}
    {%- set low = 'if(' ~ is_first ~ ', ' ~ a ~ ', ' ~ b ~ ')' -%}
    {%- set high = 'if(' ~ is_first ~ ', ' ~ b ~ ', ' ~ c ~ ')' -%}
    {{ interpolated(quarter, n, low, high) }}
{%- endmacro %}

{#- The row, counted from 1, of the last of n sorted values that is not above a quartile. -#}
{% macro quartile_row(quarter, n) -%}
    (({{ n }} - 1) * {{ quarter }} // 4 + 1)
{%- endmacro %}

{#- What lies at a quartile of n sorted values, between the one at `quartile_row` and the next. -#}
{% macro interpolated(quarter, n, low, high) -%}
    {{ low }} + coalesce((({{ n }} - 1) * {{ quarter }} % 4) * 0.25 * ({{ high }} - {{ low }}), 0)
{%- endmacro %}
