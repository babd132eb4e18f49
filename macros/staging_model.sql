{% macro staging_model(file_name) -%}
    case {{ file_name }}
        when 'population' then 'stg_benchmarks__population'
        when 'cbs_population' then 'stg_cbs__population'
        when 'prose_identity_terms' then 'stg_reference__prose_identity_terms'
        when 'statutory_indicator_definitions'
            then 'stg_reference__statutory_indicator_definitions'
        else concat('stg_accounts__', {{ file_name }})
    end
{%- endmacro %}
