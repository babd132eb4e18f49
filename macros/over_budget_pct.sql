{#- How far accounts are from a budget above zero, as a share of it. -#}
{% macro over_budget_pct(accounts, budget, condition=none) -%}
    cast(
        case
            when {{ budget }} > 0{% if condition %} and {{ condition }}{% endif %}
                then round(({{ accounts }} - {{ budget }}) * 100.0 / {{ budget }}, 6)
        end as decimal(18, 6)
    )
{%- endmacro %}
