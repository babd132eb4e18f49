{% macro number_nl(value) -%}
    translate(rtrim(rtrim(format('{:,.3f}', cast({{ value }} as double)), '0'), '.'), ',.', '.,')
{%- endmacro %}
