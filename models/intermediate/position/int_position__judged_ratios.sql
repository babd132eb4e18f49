-- One row per financial ratio that a budget prints: what we think of the figure. Its balance sheet
-- may contradict it, its edition may have mixed municipalities up, a single zero stands for what
-- was not published, and a figure may be out of the range of its ratio.
with

financial as (

    select * from {{ ref('stg_benchmarks__financial_ratios') }}

),

definitions as (

    select * from {{ ref('stg_reference__financial_ratio_definitions') }}

),

recomputed as (

    select * from {{ ref('int_position__recomputed_ratios') }}

),

-- Editions that are not used, with the ratio that shows it best.
scrambled as (

    select
        budget_year,
        min(rank_correlation) as rank_correlation
    from {{ ref('int_position__ratio_editions') }}
    where is_scrambled
    group by budget_year

),

doubted as (

    select
        financial.municipality_code,
        financial.budget_year,
        financial.ratio_code,
        financial.figure_year,
        financial.figure_kind,
        financial.value,
        financial.value_status,
        financial.status_reason,
        case
            when financial.value is null then 'none'
            when
                financial.figure_kind = 'actual'
                and financial.value = 0 and abs(recomputed.value) > 2
                then 'zero'
            when scrambled.budget_year is not null then 'edition'
            when
                financial.figure_kind = 'actual'
                and abs(financial.value - recomputed.value) > 10
                then 'balance'
            when
                financial.value not between definitions.plausible_from and definitions.plausible_to
                then 'unlikely'
            else 'none'
        end as doubt,
        financial.seed_line,
        scrambled.rank_correlation,
        recomputed.value as recomputed_value
    from financial
    inner join definitions on financial.ratio_code = definitions.ratio_code
    left join scrambled on financial.budget_year = scrambled.budget_year
    left join recomputed
        on
            financial.municipality_code = recomputed.municipality_code
            and financial.figure_year = recomputed.fiscal_year
            and financial.ratio_code = recomputed.ratio_code

)

select
    municipality_code,
    budget_year,
    ratio_code,
    figure_year,
    figure_kind,
    value,
    recomputed_value,
    case doubt
        when 'none' then value_status
        when 'zero' then 'not_published'
        else 'not_recomputable'
    end as judged_status,
    case doubt
        when 'none' then status_reason
        when 'edition'
            then concat(
                'De kengetallen in de begrotingen van ', budget_year,
                ' staan bij andere gemeenten: hun volgorde is niet die van de balansen',
                ' (samenhang ', {{ number_nl('round(rank_correlation, 2)') }}, ')'
            )
        when 'unlikely'
            then concat(
                'De bron geeft ', {{ number_nl('value') }}, ' %: dat is niet waarschijnlijk'
            )
        else concat(
            'De bron geeft ', {{ number_nl('value') }}, ' %, uit de balans volgt ',
            {{ number_nl('round(recomputed_value, 1)') }}, ' %'
        )
    end as judged_reason,
    seed_line
from doubted
