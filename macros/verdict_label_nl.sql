{#- What a reader sees of a verdict; a hit or miss without a known margin says so. -#}
{% macro verdict_label_nl() -%}
    case
        when verdict_basis = 'computed' and margin_status = 'not_printed'
            and measurement_basis != 'full_count' and verdict in ('met', 'missed')
            then case
                when score = target then 'op streefwaarde, foutmarge onbekend'
                when score > target then 'boven streefwaarde, foutmarge onbekend'
                else 'onder streefwaarde, foutmarge onbekend'
            end
        when verdict = 'met' then 'gehaald'
        when verdict = 'missed' then 'niet gehaald'
        when verdict = 'undecided' then 'niet te onderscheiden (binnen foutmarge)'
        when verdict = 'no_target' then 'geen streefwaarde'
        when verdict = 'not_due' then 'nog niet aan de orde'
        when verdict = 'not_measured' then 'niet gemeten'
        when verdict = 'not_captured' then 'niet leesbaar in onze kopie'
    end
{%- endmacro %}
