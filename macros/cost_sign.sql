{#- Sign of a flow within net cost after reserves: spending and additions to reserves raise it. Net
    rows count as spent. -#}
{% macro cost_sign(flow) -%}
    case {{ flow }}
    {%- for part, sign in reference_rows('net_row_parts', 'part_flow, sign',
        "identity = 'net_cost_after_reserves_from_flows'") %}
        when '{{ part }}' then {{ sign }}
    {%- endfor %}
        else 1
    end
{%- endmacro %}
