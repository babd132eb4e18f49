-- One row per identity that is checked, with its status: what arithmetic decides, else what a
-- reviewer has judged for exactly this difference, or what was named when its chapter was accepted,
-- else not reconciled.
with

terms as (

    select * from {{ ref('int_reconciliation__terms') }}

),

judgements as (

    select * from {{ ref('stg_reference__reconciliation_judgements') }}

),

lines as (

    select distinct
        identity,
        municipality_code,
        fiscal_year,
        programme_code,
        subject,
        phase,
        unnest(string_split(source_lines, ', ')) as source_line
    from terms

),

joined_lines as (

    select
        identity,
        municipality_code,
        fiscal_year,
        programme_code,
        subject,
        phase,
        string_agg(
            source_line, ', '
            order by cast(regexp_extract(source_line, '^\d+') as integer) asc, source_line asc
        ) as source_lines
    from lines
    group by identity, municipality_code, fiscal_year, programme_code, subject, phase

),

-- A side with a figure missing has no value; rounding may put each figure off by its room.
sides as (

    select
        identity,
        municipality_code,
        fiscal_year,
        programme_code,
        subject,
        phase,
        relation,
        unit,
        {%- for side in ['left', 'right', 'bridge'] %}
        case
            when bool_and(figure_value is not null) filter (where side = '{{ side }}')
                then cast(
                    sum(factor * figure_value) filter (where side = '{{ side }}')
                    as decimal(18, 3)
                )
        end as {{ side }}_value,
        {%- endfor %}
        cast(sum(abs(factor) * room) as decimal(18, 3)) as tolerance,
        string_agg(term_name, ', ' order by seed_line) filter (where side = 'bridge')
            as bridge_item,
        any_value(source_document) as source_document
    from terms
    group by
        identity,
        municipality_code,
        fiscal_year,
        programme_code,
        subject,
        phase,
        relation,
        unit

),

measured as (

    select
        sides.*,
        joined_lines.source_lines,
        cast(sides.left_value - sides.right_value as decimal(18, 3)) as difference
    from sides
    inner join joined_lines
        on
            sides.identity = joined_lines.identity
            and sides.municipality_code = joined_lines.municipality_code
            and sides.fiscal_year = joined_lines.fiscal_year
            and sides.programme_code = joined_lines.programme_code
            and sides.subject = joined_lines.subject
            and sides.phase = joined_lines.phase

),

-- Whether a claimed "more" or "fewer" holds is undecidable while rounding could turn it around.
decided as (

    select
        *,
        case
            when difference is null then 'not_reconciled'
            when relation = 'equal' and difference = 0 then 'holds'
            when relation = 'equal' and abs(difference) <= tolerance then 'rounding'
            when relation = 'equal' and abs(difference - bridge_value) <= tolerance then 'bridged'
            when relation = 'greater' and difference > tolerance then 'holds'
            when relation = 'less' and difference < -tolerance then 'holds'
            when relation in ('greater', 'less') and abs(difference) <= tolerance then 'undecidable'
            else 'not_reconciled'
        end as status_decided
    from measured

),

-- What was named when a chapter was accepted is said of every difference in its programme.
named as (

    select
        decided.identity,
        decided.municipality_code,
        decided.fiscal_year,
        decided.programme_code,
        decided.subject,
        decided.phase,
        decided.difference,
        'contradiction' as status,
        'Bij het aanvaarden benoemd: '
        || string_agg(acceptances.contradictions, '; ' order by acceptances.name) as explanation,
        max(acceptances.accepted_on) as accepted_on
    from decided
    inner join {{ ref('stg_accounts__acceptances') }} as acceptances
        on
            decided.municipality_code = acceptances.municipality_code
            and decided.fiscal_year = acceptances.fiscal_year
            and decided.programme_code = acceptances.programme_code
    where
        decided.status_decided = 'not_reconciled'
        and acceptances.contradictions is not null
    group by
        decided.identity,
        decided.municipality_code,
        decided.fiscal_year,
        decided.programme_code,
        decided.subject,
        decided.phase,
        decided.difference

)

select
    decided.identity,
    decided.municipality_code,
    decided.fiscal_year,
    decided.programme_code,
    decided.subject,
    decided.phase,
    decided.relation,
    decided.unit,
    decided.left_value,
    decided.right_value,
    decided.difference,
    decided.tolerance,
    decided.bridge_value,
    decided.bridge_item,
    decided.source_document,
    decided.source_lines,
    decided.status_decided,
    coalesce(named.identity, judgements.identity) is not null as is_judged,
    if(
        decided.status_decided = 'not_reconciled'
        and coalesce(named.difference, judgements.expected_difference)
        is not distinct from decided.difference,
        coalesce(named.status, judgements.status, decided.status_decided),
        decided.status_decided
    ) as status,
    coalesce(named.status, judgements.status) as status_judged,
    coalesce(named.difference, judgements.expected_difference) as expected_difference,
    coalesce(named.explanation, judgements.explanation) as explanation_judged,
    coalesce(named.accepted_on, judgements.since) as judged_since,
    judgements.municipality_response
from decided
left join judgements
    on
        decided.identity = judgements.identity
        and decided.municipality_code = judgements.municipality_code
        and decided.fiscal_year = judgements.fiscal_year
        and decided.programme_code = judgements.programme_code
        and decided.subject = judgements.subject
        and decided.phase = judgements.phase
left join named
    on
        decided.identity = named.identity
        and decided.municipality_code = named.municipality_code
        and decided.fiscal_year = named.fiscal_year
        and decided.programme_code = named.programme_code
        and decided.subject = named.subject
        and decided.phase = named.phase
