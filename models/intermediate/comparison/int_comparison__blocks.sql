-- One row per year, budget or accounts, and measure that has a value of anybody or that a document
-- states, numbered in that order: what municipalities are held against each other within.
-- `left_out` is the theme that the neighbours of its values were chosen without; null where they
-- are not held against neighbours.
with

measured as (

    select distinct
        measure_code,
        fiscal_year,
        report
    from {{ ref('int_comparison__values') }}
    where value is not null or subject_kind in ('statutory', 'ratio')

),

measure_groups as (

    select * from {{ ref('int_comparison__measure_groups') }}

),

peer_groups as (

    select * from {{ ref('int_peers__groups') }}
    where peer_group_kind = 'nearest'

),

choices as (

    select distinct
        measure_groups.measure_code,
        peer_groups.left_out
    from measure_groups
    inner join peer_groups on measure_groups.peer_group_code = peer_groups.peer_group_code

)

select
    measured.measure_code,
    measured.fiscal_year,
    measured.report,
    cast(
        measured.measure_code as {{ enum_of(ref('int_comparison__values'), 'measure_code') }}
    ) as measure,
    cast(
        measured.report as {{ enum_of(ref('int_comparison__values'), 'report') }}
    ) as kind_of_report,
    choices.left_out,
    cast(
        row_number() over (
            order by measured.fiscal_year, measured.report, measured.measure_code
        ) as integer
    ) as block_no
from measured
left join choices on measured.measure_code = choices.measure_code
