{#- Path of the file that a row was read from, by the file's name: in the repository, or in the data
    folder for what landed. -#}
{% macro seed_path(file_name) -%}
    if(
        {{ file_name }} = 'cbs_population',
        'raw/cbs/population',
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
    )
{%- endmacro %}
