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

{#- The primary key, else the columns at the left that may not be null; a view names its key. -#}
{% macro key_of_model(node) -%}
    {%- set keys = node.constraints | selectattr('type', 'equalto', 'primary_key') | list -%}
    {%- if keys or node.config.meta.get('key') -%}
        {{ return(keys[0].columns if keys else node.config.meta.key) }}
    {%- endif -%}
    {%- set found = [] -%}
    {%- for column in node.columns.values() -%}
        {%- set not_null = column.constraints | selectattr('type', 'equalto', 'not_null') | list -%}
        {%- if not_null and found | length == loop.index0 -%}
            {%- do found.append(column.name) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(found) }}
{%- endmacro %}
