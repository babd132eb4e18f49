{#- Keys of the comparison as one number each, in the order of what they are made of: of a block and
    boundary, of a row in it, and of a peer group in it. -#}
{% macro block_side(block_no, boundary) -%}
    ({{ block_no }} * 2 + if({{ boundary }} = 'current', 1, 0))
{%- endmacro %}

{% macro own_key(block_no, boundary, row_no) -%}
    cast({{ block_side(block_no, boundary) }} * {{ rows_apart() }} + {{ row_no }} as integer)
{%- endmacro %}

{% macro group_key(block_no, boundary, group_no) -%}
    cast({{ block_side(block_no, boundary) }} as bigint) * {{ groups_apart() }} + {{ group_no }}
{%- endmacro %}

{#- Whether a group's key is of today's boundaries. -#}
{% macro is_current(group_key) -%}
    ({{ group_key }} // {{ groups_apart() }} % 2 = 1)
{%- endmacro %}

{#- Where the municipalities of a side begin in the lists of names and people, counted from 1. -#}
{% macro side_start(side_no) -%}
    cast(({{ side_no }} - 1) * {{ rows_apart() }} + 1 as integer)
{%- endmacro %}

{#- There are fewer than a thousand municipalities, and fewer than four thousand groups. -#}
{% macro rows_apart() -%} 1024 {%- endmacro %}

{% macro groups_apart() -%} 4096 {%- endmacro %}

{#- Columns of a stored row of the comparison: its key, in the order of the mart's, and the
    municipality's own value. -#}
{% macro comparison_keys(rows) -%}
    own.municipality as municipality_code,
    blocks.fiscal_year,
    blocks.kind_of_report as report,
    blocks.measure as measure_code,
    cast({{ rows }}.boundary as enum('as_reported', 'both', 'current')) as boundary,
    peer_groups.peer_group as peer_group_code,
    {{ side_start('own.side_no') }} as side_start
{%- endmacro %}

{% macro comparison_values() -%}
    own.value,
    cast(
        (own.numerator_keur - {{ numerator_of('own.value', 'own.people') }}) * 1000 as integer
    ) as numerator_rest,
    own.value_status,
    own.comparability as own_comparability,
    own.reasons as own_reasons
{%- endmacro %}
