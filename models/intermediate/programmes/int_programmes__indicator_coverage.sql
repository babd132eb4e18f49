-- One row per programme: its own indicators by verdict, and the share of product expenses without
-- an own indicator, counted by objective in every chapter, with what other ways of counting give.
with

programmes as (

    select * from {{ ref('int_accounts__chapters') }}

),

indicators as (

    select * from {{ ref('int_accounts__indicator_verdicts') }}

),

expenses_covered as (

    select * from {{ ref('int_programmes__expenses_covered') }}

),

counts as (

    select
        municipality_code,
        fiscal_year,
        programme_code,
        count(*) filter (where indicator_kind = 'own') as indicators_own,
        count(*) filter (where indicator_kind = 'statutory') as indicators_statutory,
        count(*) filter (where indicator_kind = 'own' and verdict = 'met') as indicators_met,
        count(*) filter (where indicator_kind = 'own' and verdict = 'missed') as indicators_missed,
        count(*) filter (where indicator_kind = 'own' and verdict = 'undecided')
            as indicators_undecided,
        count(*) filter (
            where indicator_kind = 'own' and verdict not in ({{ quoted_codes('verdict_computed') }})
        ) as indicators_without_verdict
    from indicators
    group by municipality_code, fiscal_year, programme_code

),

covered as (

    select
        municipality_code,
        fiscal_year,
        programme_code,
        max(expenses_without_indicator_pct) filter (where coverage_basis = 'objective')
            as expenses_without_indicator_pct,
        min(expenses_without_indicator_pct) as expenses_without_indicator_pct_low,
        max(expenses_without_indicator_pct) as expenses_without_indicator_pct_high
    from expenses_covered
    group by municipality_code, fiscal_year, programme_code

)

select
    programmes.municipality_code,
    programmes.fiscal_year,
    programmes.programme_code,
    cast(coalesce(counts.indicators_own, 0) as integer) as indicators_own,
    cast(coalesce(counts.indicators_statutory, 0) as integer) as indicators_statutory,
    cast(coalesce(counts.indicators_met, 0) as integer) as indicators_met,
    cast(coalesce(counts.indicators_missed, 0) as integer) as indicators_missed,
    cast(coalesce(counts.indicators_undecided, 0) as integer) as indicators_undecided,
    cast(coalesce(counts.indicators_without_verdict, 0) as integer) as indicators_without_verdict,
    covered.expenses_without_indicator_pct,
    if(covered.expenses_without_indicator_pct is null, null, 'objective')
        as expenses_without_indicator_level,
    covered.expenses_without_indicator_pct_low,
    covered.expenses_without_indicator_pct_high
from programmes
left join covered
    on
        programmes.municipality_code = covered.municipality_code
        and programmes.fiscal_year = covered.fiscal_year
        and programmes.programme_code = covered.programme_code
left join counts
    on
        programmes.municipality_code = counts.municipality_code
        and programmes.fiscal_year = counts.fiscal_year
        and programmes.programme_code = counts.programme_code
