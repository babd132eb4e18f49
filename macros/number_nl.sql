{#- A number as text in Dutch notation: dots between thousands, a comma where there are
    decimals. -#}
{% macro number_nl(value) -%}
    translate(rtrim(rtrim(format('{:,.3f}', cast({{ value }} as double)), '0'), '.'), ',.', '.,')
{%- endmacro %}
