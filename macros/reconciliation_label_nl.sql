{#- What a reader sees of a reconciliation status: fair to the municipality, never a verdict on
    legality. -#}
{% macro reconciliation_label_nl(status) -%}
    case {{ status }}
        when 'holds' then 'sluit aan'
        when 'rounding' then 'sluit aan op afronding na'
        when 'bridged' then 'sluit aan met benoemde post'
        when 'undecidable' then 'te grof afgerond om te toetsen'
        when 'scope_differs' then 'mogelijk niet dezelfde afbakening'
        when 'not_reconciled' then 'niet aansluitend op basis van dit document'
        when 'contradiction' then 'bron spreekt zichzelf tegen'
    end
{%- endmacro %}
