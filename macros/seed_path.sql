{#- Path in the repository of a file of seeds, from its name. -#}
{% macro seed_path(file_name) -%}
    concat(
        'seeds/',
        case {{ file_name }}
            when 'population' then 'benchmarks'
            when 'prose_identity_terms' then 'reference'
            when 'statutory_indicator_definitions' then 'reference'
            else 'accounts'
        end,
        '/', {{ file_name }}, '.csv'
    )
{%- endmacro %}
