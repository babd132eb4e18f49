{#- Keys of the comparison as one number each, in the order of what they are made of: of a block and
    boundary, of a row in it, and of a peer group in it. There are fewer than a thousand
    municipalities and four thousand groups. -#}
{% macro block_side(block_no, boundary) -%}
    ({{ block_no }} * 2 + if({{ boundary }} = 'current', 1, 0))
{%- endmacro %}

{% macro own_key(block_no, boundary, row_no) -%}
    cast({{ block_side(block_no, boundary) }} * 1024 + {{ row_no }} as integer)
{%- endmacro %}

{% macro group_key(block_no, boundary, group_no) -%}
    cast({{ block_side(block_no, boundary) }} as bigint) * {{ groups_apart() }} + {{ group_no }}
{%- endmacro %}

{#- Whether a group's key is of today's boundaries. -#}
{% macro is_current(group_key) -%}
    ({{ group_key }} // {{ groups_apart() }} % 2 = 1)
{%- endmacro %}

{#- A group's key without its boundary. -#}
{% macro both_key(group_key) -%}
    ({{ group_key }} // (2 * {{ groups_apart() }}) * {{ groups_apart() }}
    + {{ group_key }} % {{ groups_apart() }})
{%- endmacro %}

{% macro groups_apart() -%} 4096 {%- endmacro %}
