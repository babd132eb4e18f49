{#- Variance against the final budget, favourable when positive: less spent or added to reserves
    than budgeted, or more received or withdrawn than budgeted. Costs (the net rows) count as spent. -#}
{% macro budgetary_variance(flow, final_budget, actual) -%}
    case
        when {{ flow }} in ('revenue', 'transfer_from_reserves') then {{ actual }} - {{ final_budget }}
        else {{ final_budget }} - {{ actual }}
    end
{%- endmacro %}
