{#- Sign of a phase within the budgetary variance of a flow, favourable when positive: less spent or
    added to reserves than budgeted, or more received or withdrawn. Net rows count as spent. -#}
{% macro variance_sign(flow, phase) -%}
    case
        when ({{ flow }} in ('revenue', 'transfer_from_reserves')) = ({{ phase }} = 'actual') then 1
        else -1
    end
{%- endmacro %}
