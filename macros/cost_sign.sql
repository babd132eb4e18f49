{% macro cost_sign(flow) -%}
    case {{ flow }}
    {%- for part, sign in reference_rows('net_row_parts', 'part_flow, sign',
        "identity = 'net_cost_after_reserves_from_flows'") %}
        when '{{ part }}' then {{ sign }}
    {%- endfor %}
        else 1
    end
{%- endmacro %}
