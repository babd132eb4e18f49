-- One row per identity that is checked, with its status: what arithmetic decides, else what a
-- reviewer has judged for exactly this difference, else not reconciled.
with

unioned as (

    select * from {{ ref('int_reconciliation__cost_table') }}
    union all
    select * from {{ ref('int_reconciliation__goal_tree') }}
    union all
    select * from {{ ref('int_reconciliation__narrative') }}
    union all
    select * from {{ ref('int_reconciliation__prose') }}
    union all
    select * from {{ ref('int_reconciliation__structure') }}

),

judgements as (

    select * from {{ ref('stg_reference__reconciliation_judgements') }}

),

measured as (

    select
        * replace (
            cast(left_value as decimal(18, 3)) as left_value,
            cast(right_value as decimal(18, 3)) as right_value,
            cast(tolerance as decimal(18, 3)) as tolerance
        ),
        cast(left_value - right_value as decimal(18, 3)) as difference
    from unioned

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
    decided.seed_name,
    decided.seed_line,
    decided.seed_column,
    decided.status_decided,
    judgements.identity is not null as is_judged,
    if(
        decided.status_decided = 'not_reconciled'
        and judgements.expected_difference is not distinct from decided.difference,
        coalesce(judgements.status, decided.status_decided),
        decided.status_decided
    ) as status,
    judgements.status as status_judged,
    judgements.expected_difference,
    judgements.explanation as explanation_judged,
    judgements.since as judged_since,
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
