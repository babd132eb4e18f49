{#- What a reader sees of a value status. -#}
{% macro value_status_label_nl(status) -%}
    case {{ status }}
        when 'reported' then 'aangeleverd'
        when 'provisional' then 'voorlopig'
        when 'estimated' then 'geraamd (verdeelsleutel)'
        when 'partially_reported' then 'deels aangeleverd'
        when 'not_reported' then 'niet aangeleverd'
        when 'not_published' then 'niet gepubliceerd'
        when 'not_captured' then 'niet in onze kopie'
        when 'not_measured' then 'niet gemeten'
        when 'not_applicable' then 'niet van toepassing'
        when 'not_recomputable' then 'niet herrekenbaar'
        when 'suppressed' then 'afgeschermd'
    end
{%- endmacro %}
