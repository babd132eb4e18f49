{#- Largest difference that rounding alone can make between figures printed in whole units:
    each printed figure is off by at most half a unit, so `terms` of them by half of their number.
    A subtraction shows three figures (1.5), a sum of n rows and its total n + 1 of them. -#}
{% macro half_units(terms, unit=1) -%}
    cast(({{ terms }}) * ({{ unit }}) / 2.0 as decimal(18, 3))
{%- endmacro %}
