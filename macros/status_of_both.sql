{% macro status_of_both(first_status, second_status) -%}
    case
        when starts_with({{ first_status }}, 'not_') then {{ first_status }}
        when starts_with({{ second_status }}, 'not_') then {{ second_status }}
        when 'provisional' in ({{ first_status }}, {{ second_status }}) then 'provisional'
        else 'reported'
    end
{%- endmacro %}
