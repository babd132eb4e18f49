{#- What yml says of the marts, for the marts that tell readers of the others. -#}
{% macro published_models() -%}
    {%- set found = [] -%}
    {%- for node in (graph.nodes.values() if execute else [])
        if node.resource_type == 'model' and node.config.schema == 'marts' and node.access == 'public'
    -%}
        {%- do found.append(node) -%}
    {%- endfor -%}
    {{ return(found | sort(attribute='name')) }}
{%- endmacro %}

{% macro coded_columns() -%}
    {%- set found = [] -%}
    {%- for node in (graph.nodes.values() if execute else [])
        if node.get('test_metadata', {}).name == 'known_values'
    -%}
        {%- set model = graph.nodes[node.attached_node] -%}
        {%- if model.config.schema == 'marts' -%}
            {%- for column, code_list in node.test_metadata.kwargs.lists.items() -%}
                {%- do found.append((model.name.removesuffix('_storage'), column, code_list)) -%}
            {%- endfor -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(found | sort) }}
{%- endmacro %}

{#- The primary key, else the columns that may not be null; a view names its key in `meta`. -#}
{% macro key_of_model(node) -%}
    {%- set keys = node.constraints | selectattr('type', 'equalto', 'primary_key') | list -%}
    {%- set found = keys[0].columns if keys else node.config.meta.get('key', []) | list -%}
    {%- for column in ([] if found else node.columns.values())
        if column.constraints | selectattr('type', 'equalto', 'not_null') | list
    -%}
        {%- do found.append(column.name) -%}
    {%- endfor -%}
    {{ return(found) }}
{%- endmacro %}
