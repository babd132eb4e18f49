-- One row per boundary, municipality, year, report, measure and peer group that it is held against:
-- its value, and how many members of the group have a lower one. `own_n` is 1 where the
-- municipality is a member itself; its own neighbours are a group without it.
with

measured as (

    select * from {{ ref('int_comparison__values') }}

),

members as (

    select * from {{ ref('int_peers__members') }}

),

municipalities as (

    select * from {{ ref('int_peers__municipalities') }}

),

peer_groups as (

    select * from {{ ref('int_peers__groups') }}

),

measure_groups as (

    select * from {{ ref('int_comparison__measure_groups') }}

),

compared as (

    select
        members.boundary,
        members.fiscal_year,
        members.municipality_code,
        members.peer_group_code,
        1 as own_n
    from members
    semi join peer_groups
        on
            members.peer_group_code = peer_groups.peer_group_code
            and peer_groups.peer_group_kind != 'nearest'
    union all
    select
        municipalities.boundary,
        municipalities.fiscal_year,
        municipalities.municipality_code,
        peer_groups.peer_group_code,
        0 as own_n
    from municipalities
    inner join peer_groups
        on
            municipalities.municipality_code = peer_groups.of_municipality_code
            and peer_groups.peer_group_kind = 'nearest'

)

select
    measured.municipality_code,
    measured.fiscal_year,
    measured.report,
    measured.measure_code,
    measured.boundary,
    compared.peer_group_code,
    measured.value,
    measured.value_status,
    measured.numerator_keur,
    measured.people,
    measured.reason,
    measured.comparability,
    compared.own_n,
    cast(
        rank() over (
            partition by
                compared.peer_group_code,
                measured.boundary,
                measured.fiscal_year,
                measured.report,
                measured.measure_code
            order by measured.value
        ) - 1 as integer
    ) as lower_n
from measured
inner join compared
    on
        measured.boundary = compared.boundary
        and measured.fiscal_year = compared.fiscal_year
        and measured.municipality_code = compared.municipality_code
semi join measure_groups
    on
        measured.measure_code = measure_groups.measure_code
        and compared.peer_group_code = measure_groups.peer_group_code
