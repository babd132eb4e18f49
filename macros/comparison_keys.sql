{% macro block_side(block_no, boundary) -%}
    ({{ block_no }} * 2 + if({{ boundary }} = 'current', 1, 0))
{%- endmacro %}

{% macro own_key(block_no, boundary, row_no) -%}
    cast({{ block_side(block_no, boundary) }} * 1024 + {{ row_no }} as integer)
{%- endmacro %}

{% macro group_key(block_no, boundary, group_no) -%}
    cast({{ block_side(block_no, boundary) }} as bigint) * {{ groups_apart() }} + {{ group_no }}
{%- endmacro %}

{% macro is_current(group_key) -%}
    ({{ group_key }} // {{ groups_apart() }} % 2 = 1)
{%- endmacro %}

{% macro both_key(group_key) -%}
    ({{ group_key }} // (2 * {{ groups_apart() }}) * {{ groups_apart() }}
    + {{ group_key }} % {{ groups_apart() }})
{%- endmacro %}

{% macro told_apart() -%}
twins as (

    select {{ both_key('group_key') }} as both_key
    from held
    group by {{ both_key('group_key') }}
    having count(*) = 2 and min(fingerprint_of_all) = max(fingerprint_of_all)

),

sides as (

    select
        held.*,
        cast(
            case
                when twins.both_key is not null then 'both'
                when {{ is_current('held.group_key') }} then 'current'
                else 'as_reported'
            end as enum('as_reported', 'both', 'current')
        ) as boundary
    from held
    left join twins on {{ both_key('held.group_key') }} = twins.both_key
    where twins.both_key is null or not {{ is_current('held.group_key') }}

)
{%- endmacro %}

{% macro groups_apart() -%} 4096 {%- endmacro %}
