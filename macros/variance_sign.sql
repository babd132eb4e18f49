{#- Sign of a phase within the budgetary variance of a flow, favourable when positive: less spent or
    added to reserves than budgeted, or more received or withdrawn. -#}
{% macro variance_sign(flow, phase) -%}
    if({{ phase }} = 'actual', -1, 1) * {{ cost_sign(flow) }}
{%- endmacro %}
