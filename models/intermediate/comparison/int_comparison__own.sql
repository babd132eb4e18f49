-- One row per boundary, municipality, year, report and measure: the value with all that can be said
-- of it whoever it is compared with. `own_key` numbers the rows by block, boundary, value (those
-- without one last) and municipality; `fingerprint` is equal where all that a reader sees is. What
-- is a choice of booking or a copy is no peer: its `peer_value` is empty, and `value_rank` goes by
-- that.
with

measured as (

    select * from {{ ref('int_comparison__values') }}

),

blocks as (

    select * from {{ ref('int_comparison__blocks') }}

),

cautions as (

    select * from {{ ref('int_comparison__cautions') }}

),

municipalities as (

    select * from {{ ref('int_peers__municipalities') }}

),

judged as (

    select
        measured.boundary,
        measured.municipality_code,
        municipalities.municipality_name,
        measured.fiscal_year,
        blocks.block_no,
        blocks.left_out,
        measured.value,
        measured.numerator_keur,
        measured.people,
        measured.value_status,
        coalesce(cautions.is_peer, true) as is_peer,
        case
            when
                measured.value is null
                or measured.comparability = 'not_comparable'
                or cautions.comparability = 'not_comparable'
                then 'not_comparable'
            when
                measured.comparability = 'caution'
                or cautions.comparability = 'caution'
                or measured.value_status in ('estimated', 'provisional')
                then 'caution'
            else 'comparable'
        end as comparability,
        nullif(
            concat_ws(
                '; ',
                if(
                    measured.value is null,
                    concat(
                        'Geen waarde: ', {{ label_nl('value_status', 'measured.value_status') }}
                    ),
                    null
                ),
                measured.reason,
                cautions.reasons,
                case measured.value_status
                    when 'estimated' then 'Geraamd met een verdeelsleutel'
                    when 'provisional' then 'Voorlopig: alleen de eerste publicatie'
                end
            ),
            ''
        ) as reasons
    from measured
    inner join blocks
        on
            measured.measure_code = blocks.measure_code
            and measured.fiscal_year = blocks.fiscal_year
            and measured.report = blocks.report
    left join municipalities
        on
            measured.boundary = municipalities.boundary
            and measured.fiscal_year = municipalities.fiscal_year
            and measured.municipality_code = municipalities.municipality_code
    left join cautions
        on
            measured.boundary = cautions.boundary
            and measured.municipality_code = cautions.municipality_code
            and measured.fiscal_year = cautions.fiscal_year
            and measured.report = cautions.report
            and measured.subject_kind = cautions.subject_kind
            and measured.subject_code = cautions.subject_code
            and measured.denominator = cautions.denominator

)

select
    boundary,
    municipality_code,
    fiscal_year,
    block_no,
    left_out,
    {{ own_key('block_no', 'boundary', 'row_number() over ordered') }} as own_key,
    cast(
        municipality_code as {{ enum_of(ref('int_comparison__values'), 'municipality_code') }}
    ) as municipality,
    cast(
        municipality_name
        as {{ enum_of(ref('int_peers__municipalities'), 'municipality_name') }}
    ) as municipality_name,
    value,
    numerator_keur,
    people,
    is_peer and value is not null as is_peer,
    if(is_peer, value, null) as peer_value,
    cast(
        value_status as {{ enum_of(ref('int_comparison__values'), 'value_status') }}
    ) as value_status,
    cast(
        comparability as enum({{ quoted_codes('comparability') }})
    ) as comparability,
    reasons,
    cast(
        rank() over (
            partition by block_no, boundary order by if(is_peer, value, null) asc nulls last
        ) as integer
    ) as value_rank,
    hash(
        municipality_code,
        municipality_name,
        value,
        numerator_keur,
        people,
        value_status,
        comparability,
        reasons
    ) as fingerprint
from judged
window
    ordered as (
        partition by block_no, boundary order by value asc nulls last, municipality_code asc
    )
