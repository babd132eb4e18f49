-- One row per edition of the ratios in budgets and ratio that can be recomputed: how far its
-- actuals keep the order of the balance sheets of that year, over all municipalities with both, and
-- how far they are from them. An edition that does neither, for one of its ratios, is not used: its
-- rows belong to other municipalities. Fewer than twenty municipalities say nothing.
with

financial as (

    select * from {{ ref('stg_benchmarks__financial_ratios') }}
    where figure_kind = 'actual' and value is not null

),

recomputed as (

    select * from {{ ref('int_position__recomputed_ratios') }}

),

ranked as (

    select
        financial.budget_year,
        financial.ratio_code,
        abs(financial.value - recomputed.value) as difference,
        rank() over (
            partition by financial.budget_year, financial.ratio_code order by financial.value
        ) as printed_rank,
        rank() over (
            partition by financial.budget_year, financial.ratio_code order by recomputed.value
        ) as recomputed_rank
    from financial
    inner join recomputed
        on
            financial.municipality_code = recomputed.municipality_code
            and financial.figure_year = recomputed.fiscal_year
            and financial.ratio_code = recomputed.ratio_code

)

select
    budget_year,
    ratio_code,
    count(*) as municipalities_n,
    corr(printed_rank, recomputed_rank) as rank_correlation,
    median(difference) as median_difference,
    count(*) >= 20
    and corr(printed_rank, recomputed_rank) < 0.7
    and median(difference) > 5 as is_scrambled
from ranked
group by budget_year, ratio_code
