-- The rows of `budget_accuracy`, the years of a subject together, so that what is said of all years
-- stands in runs. Budget and accounts side by side, of what both have in the same terms: a taakveld
-- of which one report has the sum alone is not captured, and its cluster is whole. The median of
-- the others takes every municipality whose budget is above zero.
with

taakvelden as (

    select
        municipality_code,
        fiscal_year,
        report,
        municipality_name,
        'taakveld' as subject_kind,
        taakveld_code as subject_code,
        taakveld_name as subject_name,
        expenses_keur,
        value_status
    from {{ ref('taakveld_spending') }}
    where report in ('budget', 'accounts') and taakveld_code not in ('0.10', '0.11')

),

clusters as (

    select
        municipality_code,
        fiscal_year,
        report,
        municipality_name,
        'cluster' as subject_kind,
        cluster_code as subject_code,
        cluster_name as subject_name,
        expenses_keur,
        value_status
    from {{ ref('cluster_spending') }}
    where report in ('budget', 'accounts')

),

deliveries as (

    select
        municipality_code,
        fiscal_year,
        report,
        municipality_name,
        'total' as subject_kind,
        'total' as subject_code,
        'Alle lasten, zonder mutaties reserves' as subject_name,
        expenses_keur,
        value_status
    from {{ ref('iv3_deliveries') }}
    where report in ('budget', 'accounts')

),

amounts as (

    select * from taakvelden
    union all
    select * from clusters
    union all
    select * from deliveries

),

both_reports as (

    select
        municipality_code,
        fiscal_year,
        value_status = 'not_recomputable' as is_doubled
    from {{ ref('budget_prudence') }}

),

sides as (

    select
        amounts.municipality_code,
        amounts.fiscal_year,
        amounts.subject_kind,
        amounts.subject_code,
        any_value(amounts.municipality_name) as municipality_name,
        any_value(amounts.subject_name) as subject_name,
        any_value(amounts.expenses_keur) filter (where amounts.report = 'budget') as budget_keur,
        any_value(amounts.expenses_keur) filter (where amounts.report = 'accounts')
            as accounts_keur,
        coalesce(
            any_value(amounts.value_status) filter (where amounts.report = 'budget'),
            'not_captured'
        ) as budget_status,
        coalesce(
            any_value(amounts.value_status) filter (where amounts.report = 'accounts'),
            'not_captured'
        ) as accounts_status,
        bool_or(both_reports.is_doubled) as is_doubled
    from amounts
    inner join both_reports
        on
            amounts.municipality_code = both_reports.municipality_code
            and amounts.fiscal_year = both_reports.fiscal_year
    group by
        amounts.municipality_code,
        amounts.fiscal_year,
        amounts.subject_kind,
        amounts.subject_code

),

compared as (

    select
        *,
        if(is_doubled, null, accounts_keur - budget_keur) as difference_keur,
        {{ over_budget_pct('accounts_keur', 'budget_keur', 'not is_doubled') }} as difference_pct
    from sides

),

listed as (

    select
        fiscal_year,
        subject_kind,
        subject_code,
        list(difference_pct order by difference_pct) as all_pct,
        count(*) filter (where difference_pct > 0) as over_n
    from compared
    where difference_pct is not null
    group by fiscal_year, subject_kind, subject_code

),

-- Without one of n, the middle of the others is at the place below, or one further where the one
-- that is left out is not above it.
middles as (

    select
        fiscal_year,
        subject_kind,
        subject_code,
        over_n,
        len(all_pct) as all_n,
        all_pct[len(all_pct) // 2] as low,
        all_pct[len(all_pct) // 2 + 1] as next_to_low,
        all_pct[(len(all_pct) + 1) // 2] as high,
        all_pct[(len(all_pct) + 1) // 2 + 1] as next_to_high
    from listed

),

series as (

    select
        municipality_code,
        subject_kind,
        subject_code,
        count(*) as years_n,
        count(*) filter (where difference_keur > 0) as years_over_n,
        count(*) filter (where difference_keur < 0) as years_under_n,
        sum(budget_keur) as budget_keur,
        sum(accounts_keur) as accounts_keur
    from compared
    where difference_keur is not null
    group by municipality_code, subject_kind, subject_code

),

beside_others as (

    select
        compared.*,
        coalesce(middles.all_n, 0) - if(compared.difference_pct is null, 0, 1) as peers_n,
        coalesce(middles.over_n, 0) - if(compared.difference_pct > 0, 1, 0) as peers_over_n,
        if(compared.difference_pct <= middles.low, middles.next_to_low, middles.low) as low,
        if(compared.difference_pct <= middles.high, middles.next_to_high, middles.high) as high
    from compared
    left join middles
        on
            compared.fiscal_year = middles.fiscal_year
            and compared.subject_kind = middles.subject_kind
            and compared.subject_code = middles.subject_code

)

select
    beside_others.municipality_code,
    beside_others.fiscal_year,
    beside_others.subject_kind,
    beside_others.subject_code,
    beside_others.municipality_name,
    beside_others.subject_name,
    beside_others.budget_keur,
    beside_others.accounts_keur,
    cast(beside_others.peers_n as integer) as peers_n,
    cast(beside_others.peers_over_n as integer) as peers_over_n,
    cast(
        if(
            beside_others.difference_pct is not null and beside_others.peers_n >= 5,
            round((beside_others.low + beside_others.high) * 0.5, 6),
            null
        ) as decimal(18, 6)
    ) as peer_median_pct,
    cast(coalesce(series.years_n, 0) as integer) as years_n,
    cast(coalesce(series.years_over_n, 0) as integer) as years_over_n,
    case
        when series.years_n < 3 then null
        when series.years_over_n = series.years_n then 'always_over'
        when series.years_under_n = series.years_n then 'always_under'
        when series.years_n is not null then 'mixed'
    end as pattern,
    {{ over_budget_pct('series.accounts_keur', 'series.budget_keur') }}
        as difference_all_years_pct,
    if(
        beside_others.is_doubled,
        'not_recomputable',
        {{ status_of_both('beside_others.accounts_status', 'beside_others.budget_status') }}
    ) as value_status
from beside_others
left join series
    on
        beside_others.municipality_code = series.municipality_code
        and beside_others.subject_kind = series.subject_kind
        and beside_others.subject_code = series.subject_code
order by
    beside_others.municipality_code,
    beside_others.subject_kind,
    beside_others.subject_code,
    beside_others.fiscal_year
