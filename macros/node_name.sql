{% macro node_name(node_type, rows, code) -%}
    (
        select nodes.node_name
        from nodes
        where
            nodes.node_type = '{{ node_type }}'
            and nodes.municipality_code = {{ rows }}.municipality_code
            and nodes.fiscal_year = {{ rows }}.fiscal_year
            and nodes.programme_code = {{ rows }}.programme_code
            and nodes.node_code = {{ rows }}.{{ code }}
    )
{%- endmacro %}
