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
