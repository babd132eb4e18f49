-- One row per municipality, year and financial ratio that follows from its balance sheet at the end
-- of the year and its revenue without reserves, in percent (BBV, article 11): net debt is debt less
-- claims, cash and long-term placements; corrected, less loans given as well; solvency is own
-- capital of all capital. A balance sheet that two municipalities share is nobody's.
with

balance as (

    select * from {{ ref('int_iv3__balance') }}

),

doubled as (

    select * from {{ ref('int_position__balances') }}
    where is_doubled

),

owned as (

    select balance.*
    from balance
    anti join doubled
        on
            balance.municipality_code = doubled.municipality_code
            and balance.fiscal_year = doubled.fiscal_year

),

totals as (

    select * from {{ ref('int_iv3__totals') }}
    where report = 'accounts'

),

sums as (

    select
        municipality_code,
        fiscal_year,
        sum(amount_keur) filter (where post_group in ('P13', 'P21', 'P29')) as debt_keur,
        coalesce(
            sum(amount_keur) filter (where post_group in ('A1332', 'A22', 'A23', 'A29')), 0
        ) as claims_keur,
        coalesce(sum(amount_keur) filter (where post_group in ('A132', 'A1331')), 0) as loans_keur,
        sum(amount_keur) filter (where post_group like 'P11_') as own_capital_keur,
        sum(amount_keur) filter (where post_group like 'P%') as all_capital_keur
    from owned
    group by municipality_code, fiscal_year

),

ratios as (

    select
        sums.municipality_code,
        sums.fiscal_year,
        'net_debt' as ratio_code,
        sums.debt_keur - sums.claims_keur as numerator_keur,
        totals.revenue_keur as denominator_keur
    from sums
    inner join totals
        on
            sums.municipality_code = totals.municipality_code
            and sums.fiscal_year = totals.fiscal_year
    union all
    select
        sums.municipality_code,
        sums.fiscal_year,
        'net_debt_corrected' as ratio_code,
        sums.debt_keur - sums.claims_keur - sums.loans_keur as numerator_keur,
        totals.revenue_keur as denominator_keur
    from sums
    inner join totals
        on
            sums.municipality_code = totals.municipality_code
            and sums.fiscal_year = totals.fiscal_year
    union all
    select
        municipality_code,
        fiscal_year,
        'solvency' as ratio_code,
        own_capital_keur as numerator_keur,
        all_capital_keur as denominator_keur
    from sums

)

select
    municipality_code,
    fiscal_year,
    ratio_code,
    numerator_keur,
    denominator_keur,
    cast(numerator_keur * 100 / denominator_keur as decimal(18, 6)) as value
from ratios
where numerator_keur is not null and denominator_keur != 0
