{#- Name of the staging model that reads a file of seeds, from the file's name. -#}
{% macro staging_model(file_name) -%}
    concat(
        'stg_',
        if(
            {{ file_name }} in (
                'population', 'prose_identity_terms', 'statutory_indicator_definitions'
            ),
            'reference', 'accounts'
        ),
        '__', {{ file_name }}
    )
{%- endmacro %}
