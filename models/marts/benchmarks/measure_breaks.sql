-- A taakveld ends with its code; a cluster runs on over codes that came in its place. The total of
-- all taakvelden has no breaks.
with

measures as (

    select * from {{ ref('int_comparison__iv3_measures') }}
    where subject_kind in ('taakveld', 'cluster')

),

taakvelden as (

    select * from {{ ref('stg_reference__taakvelden') }}

),

shifts as (

    select * from {{ ref('stg_reference__series_breaks') }}

),

new_codes as (

    select
        taakvelden.cluster_code,
        taakvelden.valid_from_year as first_year,
        string_agg(taakvelden.taakveld_code, ', ' order by taakvelden.taakveld_code) as codes
    from taakvelden
    anti join taakvelden as earlier
        on
            taakvelden.taakveld_code = earlier.taakveld_code
            and taakvelden.valid_from_year = earlier.valid_to_year + 1
    where taakvelden.valid_from_year > 2017
    group by taakvelden.cluster_code, taakvelden.valid_from_year

),

breaks as (

    select
        'cluster' as subject_kind,
        cluster_code as subject_code,
        first_year,
        'new_codes' as break_kind,
        concat('Nieuwe indeling van taakvelden: ', codes) as reason
    from new_codes
    union all
    select
        subject_kind,
        subject_code,
        first_year,
        'shift' as break_kind,
        reason
    from shifts

)

select
    measures.measure_code,
    breaks.first_year,
    breaks.break_kind,
    breaks.reason
from measures
inner join breaks
    on
        measures.subject_kind = breaks.subject_kind
        and measures.subject_code = breaks.subject_code
order by measures.measure_code, breaks.first_year, breaks.break_kind
