{% macro columns_of_model(name) -%}
    {{ return(graph.nodes['model.doelenboom.' ~ name].columns.keys() | list if execute else []) }}
{%- endmacro %}
