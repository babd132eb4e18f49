{#- A quartile (1, 2 or 3) by linear interpolation (type 7) of a group's n values without one of
    them. The group's values around that quartile stand in `q<quarter>_a`, `_b` and `_c`, in
    order: whatever is not below the value that is left out gives its place to the next. -#}
{% macro quartile_without(value, quarter, n) -%}
    {%- set a, b, c = 'q' ~ quarter ~ '_a', 'q' ~ quarter ~ '_b', 'q' ~ quarter ~ '_c' -%}
    {%- set low = 'if(' ~ value ~ ' <= ' ~ a ~ ', ' ~ b ~ ', ' ~ a ~ ')' -%}
    {%- set high = 'if(' ~ value ~ ' <= ' ~ b ~ ', ' ~ c ~ ', ' ~ b ~ ')' -%}
    {{ interpolated(quarter, n ~ ' - 1', low, high) }}
{%- endmacro %}
