{#- Sign of a flow within net cost after reserves: spending and additions to reserves raise it. -#}
{% macro cost_sign(flow) -%}
    case when {{ flow }} in ('revenue', 'transfer_from_reserves') then -1 else 1 end
{%- endmacro %}
