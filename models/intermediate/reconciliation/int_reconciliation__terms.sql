-- One row per figure in an identity: its side (left, right, or a bridge between them), its value
-- and the factor it counts with, the room that rounding leaves it, and where it stands. What a
-- chapter says on one side only is no identity; one that a reviewer wrote stays, to be told.
{%- set kinds = ['cost_table', 'goal_tree', 'narrative', 'prose', 'structure', 'years'] %}
with

unioned as (

    {%- for kind in kinds %}
    select * from {{ ref('int_reconciliation__terms_of_' ~ kind) }}
    {%- if kind != 'prose' %}
    qualify
        count(distinct side) filter (where side in ('left', 'right')) over (
            partition by identity, municipality_code, fiscal_year, programme_code, subject, phase
        ) = 2
    {%- endif %}
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}

)

select
    identity,
    municipality_code,
    fiscal_year,
    programme_code,
    subject,
    phase,
    relation,
    unit,
    side,
    cast(factor as decimal(18, 3)) as factor,
    cast(figure_value as decimal(18, 3)) as figure_value,
    cast(room as decimal(18, 3)) as room,
    term_name,
    source_document,
    source_lines,
    seed_name,
    seed_line,
    seed_column
from unioned
