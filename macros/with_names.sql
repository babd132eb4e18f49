{% macro with_names(rows) -%}
    select
        {{ rows }}.*,
        names.municipality_name,
        names.programme_name
    from {{ rows }}
    left join names
        on
            {{ rows }}.municipality_code = names.municipality_code
            and {{ rows }}.fiscal_year = names.fiscal_year
            and {{ rows }}.programme_code = names.programme_code
{%- endmacro %}
