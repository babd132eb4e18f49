{% macro variance_sign(flow, phase) -%}
    if({{ phase }} = 'actual', -1, 1) * {{ cost_sign(flow) }}
{%- endmacro %}
