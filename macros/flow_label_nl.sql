{#- Dutch name of a flow or net row, for the words that readers see. -#}
{% macro flow_label_nl(flow) -%}
    case {{ flow }}
        when 'expenses' then 'lasten'
        when 'revenue' then 'baten'
        when 'transfer_to_reserves' then 'toevoegingen aan reserves'
        when 'transfer_from_reserves' then 'onttrekkingen aan reserves'
        when 'net_cost' then 'saldo van baten en lasten'
        when 'net_reserve_movement' then 'saldo mutaties reserves'
        when 'net_cost_after_reserves' then 'gerealiseerd resultaat programma'
    end
{%- endmacro %}
