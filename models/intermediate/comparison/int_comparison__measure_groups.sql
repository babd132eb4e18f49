-- One row per measure and peer group that it is held against. A feature never chooses the peers of
-- a measure that is built on it, and measures per inhabitant of a serving region compare centres
-- with centres only.
with

measured as (

    select distinct
        measure_code,
        subject_kind,
        subject_code,
        denominator
    from {{ ref('int_comparison__values') }}

),

peer_groups as (

    select * from {{ ref('int_peers__groups') }}

),

themes as (

    select * from {{ ref('stg_reference__measure_themes') }}

),

measures as (

    select
        measured.measure_code,
        coalesce(measured.denominator = 'serving_region', false) as is_of_centres,
        coalesce(themes.theme, 'none') as left_out
    from measured
    left join themes
        on
            themes.subject_code
            = if(
                themes.subject_kind = 'denominator', measured.denominator, measured.subject_code
            )
            and themes.subject_kind in ('denominator', measured.subject_kind)

)

select
    measures.measure_code,
    peer_groups.peer_group_code
from measures
inner join peer_groups
    on
        peer_groups.left_out in ('any', measures.left_out)
        and (not measures.is_of_centres or peer_groups.peer_group_code = 'centre_shelter')
