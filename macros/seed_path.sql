{% macro seed_path(file_name) -%}
    case {{ file_name }}
        when 'cbs_population' then 'raw/cbs/population'
        when 'population' then 'seeds/benchmarks/population.parquet'
        when 'prose_identity_terms' then 'seeds/reference/prose_identity_terms.csv'
        when 'statutory_indicator_definitions'
            then 'seeds/reference/statutory_indicator_definitions.csv'
        when 'peer_groups' then 'seeds/own/peer_groups.csv'
        when 'taakveld_amounts' then 'seeds/own/taakveld_amounts.csv'
        else concat('seeds/accounts/', {{ file_name }}, '.csv')
    end
{%- endmacro %}
