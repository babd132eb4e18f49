-- One row per municipality and year: its balance sheet at the end of the year, as far as the source
-- has it. Debt and net debt are those of the ratios (BBV, article 11). The posts are rounded one by
-- one, so assets and liabilities may be 50 thousand euro apart; where they are not more, a post
-- without a row holds nothing, but for the result (P114): without it, the municipality appropriated
-- its result before the books were closed. Two municipalities with one and the same balance sheet
-- are one too many.
with

balance as (

    select * from {{ ref('int_iv3__balance') }}

),

sums as (

    select
        municipality_code,
        fiscal_year,
        sum(amount_keur) filter (where post_group in ('P111', 'P112', 'P114')) as equity_keur,
        sum(amount_keur) filter (where post_group = 'P111') as general_reserve_keur,
        sum(amount_keur) filter (where post_group = 'P112') as earmarked_reserves_keur,
        sum(amount_keur) filter (where post_group = 'P114') as result_keur,
        sum(amount_keur) filter (where post_group = 'P12') as provisions_keur,
        sum(amount_keur) filter (where post_group in ('P13', 'P21', 'P29')) as debt_keur,
        coalesce(
            sum(amount_keur) filter (where post_group in ('A1332', 'A22', 'A23', 'A29')), 0
        ) as claims_keur,
        sum(if(starts_with(post_group, 'A'), amount_keur, -amount_keur)) as difference_keur,
        string_agg(concat(post_group, '=', amount_keur), ' ' order by post_group) as fingerprint,
        any_value(source_table) as source_table
    from balance
    group by municipality_code, fiscal_year

)

select
    municipality_code,
    fiscal_year,
    equity_keur,
    result_keur,
    difference_keur,
    case
        when difference_keur = 0 then 'holds'
        when abs(difference_keur) <= 50 then 'rounding'
        else 'contradiction'
    end as reconciliation,
    count(*) over (partition by fiscal_year, fingerprint) > 1 as is_doubled,
    source_table,
    {%- for post in ['general_reserve', 'earmarked_reserves', 'provisions', 'debt'] %}
    if(abs(difference_keur) <= 50, coalesce({{ post }}_keur, 0), {{ post }}_keur)
        as {{ post }}_keur,
    {%- endfor %}
    if(abs(difference_keur) <= 50, coalesce(debt_keur, 0), debt_keur) - claims_keur
        as net_debt_keur
from sums
