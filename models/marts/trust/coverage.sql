-- Whether the figures of a municipality, year and report are in: of everybody in the list of that
-- year, or who delivered, so that who is absent has a row that says so.
with

municipalities as (

    select * from {{ ref('int_peers__municipalities') }}
    where boundary = 'as_reported'

),

deliveries as (

    select * from {{ ref('iv3_deliveries') }}
    where report in ('budget', 'accounts')

),

spending as (

    select
        municipality_code,
        fiscal_year,
        report,
        string_agg(distinct known_within, ', ' order by known_within) as sums,
        count(revenue_keur) as revenue_n,
        count(expenses_keur) as expenses_n
    from {{ ref('taakveld_spending') }}
    group by municipality_code, fiscal_year, report

),

population as (

    select * from {{ ref('int_population__inhabitants') }}

),

ratios as (

    select distinct
        municipality_code,
        fiscal_year,
        report
    from {{ ref('int_comparison__ratios') }}
    where boundary = 'as_reported' and subject_kind = 'ratio' and value is not null

),

chapters as (

    select
        municipality_code,
        fiscal_year,
        string_agg(programme_code || ' ' || programme_name, ', ' order by programme_code)
            as programmes
    from {{ ref('int_accounts__chapters') }}
    group by municipality_code, fiscal_year

),

faults as (

    select * from {{ ref('stg_reference__iv3_faults') }}

),

reports as (

    select distinct
        fiscal_year,
        report
    from deliveries

),

asked as (

    select
        reports.report,
        municipalities.municipality_code,
        municipalities.fiscal_year
    from reports
    inner join municipalities on reports.fiscal_year = municipalities.fiscal_year
    union
    select
        report,
        municipality_code,
        fiscal_year
    from deliveries

),

years as (

    select distinct
        municipality_code,
        fiscal_year
    from asked
    union
    select
        municipality_code,
        fiscal_year
    from chapters

),

features as (

    select * from {{ ref('int_peers__features') }}

),

declared_features as (

    select * from {{ ref('stg_reference__peer_features') }}

),

structure as (

    select
        years.municipality_code,
        years.fiscal_year,
        count(features.feature) as known_n,
        string_agg(declared_features.feature_name, '; ' order by declared_features.feature_name)
        filter (where features.feature is null) as unknown
    from years
    cross join declared_features
    left join features
        on
            years.municipality_code = features.municipality_code
            and years.fiscal_year = features.fiscal_year
            and declared_features.feature = features.feature
    group by years.municipality_code, years.fiscal_year

),

iv3 as (

    select
        asked.*,
        deliveries.is_delivered,
        deliveries.value_status,
        deliveries.expenses_keur,
        deliveries.expenses_unsplit_keur,
        deliveries.expenses_unsplit_keur * 100 / nullif(deliveries.expenses_keur, 0) as unsplit_pct,
        spending.sums,
        spending.revenue_n,
        spending.expenses_n,
        case
            when deliveries.municipality_code is null
                then
                    'Niet opgenomen: haal de cijfers op met doelenboom fetch cbs --dataset iv3'
                    || ' --years ' || asked.fiscal_year
            when deliveries.value_status = 'not_applicable'
                then 'In dit jaar opgegaan in een gemeente die ervoor verantwoordde'
            when faults.finding is not null then faults.finding
            when not deliveries.is_delivered then 'De gemeente heeft dit niet aan het CBS geleverd'
        end as why_absent
    from asked
    left join deliveries
        on
            asked.municipality_code = deliveries.municipality_code
            and asked.fiscal_year = deliveries.fiscal_year
            and asked.report = deliveries.report
    left join faults
        on
            asked.municipality_code = faults.municipality_code
            and asked.fiscal_year = faults.fiscal_year
            and asked.report = faults.report
    left join spending
        on
            asked.municipality_code = spending.municipality_code
            and asked.fiscal_year = spending.fiscal_year
            and asked.report = spending.report

),

names as (

    select * from {{ ref('dim_municipality_current') }}

),

covered as (

    select
        'iv3' as dataset,
        municipality_code,
        fiscal_year,
        report,
        'total' as level,
        if(why_absent is null, 'complete', 'absent') as status,
        why_absent as reason
    from iv3
    union all
    select
        'iv3' as dataset,
        municipality_code,
        fiscal_year,
        report,
        'taakveld' as level,
        case
            when why_absent is not null or coalesce(expenses_n, 0) = 0 then 'absent'
            when expenses_unsplit_keur != 0 or sums is not null then 'partial'
            else 'complete'
        end as status,
        case
            when why_absent is not null then why_absent
            when coalesce(expenses_n, 0) = 0
                then 'Alleen het totaal is opgenomen, geen taakvelden'
            else nullif(
                concat_ws(
                    '; ',
                    if(
                        expenses_unsplit_keur != 0,
                        concat(
                            'Van ',
                            {{ number_nl('round(unsplit_pct, 1)') }},
                            ' % van de lasten is het taakveld niet opgenomen'
                        ),
                        null
                    ),
                    'Alleen als som bekend: ' || sums
                ),
                ''
            )
        end as reason
    from iv3
    union all
    select
        'iv3' as dataset,
        municipality_code,
        fiscal_year,
        report,
        'revenue' as level,
        case
            when why_absent is not null or coalesce(revenue_n, 0) = 0 then 'absent'
            when revenue_n < expenses_n then 'partial'
            else 'complete'
        end as status,
        case
            when why_absent is not null then why_absent
            when coalesce(revenue_n, 0) = 0 then 'Geen bron geeft hier baten per taakveld'
            when revenue_n < expenses_n then 'Niet van elk taakveld zijn de baten bekend'
        end as reason
    from iv3
    union all
    select
        'population' as dataset,
        years.municipality_code,
        years.fiscal_year,
        'not_applicable' as report,
        'municipality' as level,
        if(population.inhabitants is null, 'absent', 'complete') as status,
        if(
            population.inhabitants is null,
            'Niet opgenomen: haal het inwonertal op met doelenboom fetch cbs --dataset population',
            null
        ) as reason
    from years
    left join population
        on
            years.municipality_code = population.municipality_code
            and years.fiscal_year = population.fiscal_year
    union all
    select
        'financial_ratios' as dataset,
        asked.municipality_code,
        asked.fiscal_year,
        asked.report,
        'ratio' as level,
        if(ratios.municipality_code is null, 'absent', 'complete') as status,
        if(
            ratios.municipality_code is null,
            'Geen begroting in onze bron geeft een bruikbaar kengetal van dit jaar',
            null
        ) as reason
    from asked
    left join ratios
        on
            asked.municipality_code = ratios.municipality_code
            and asked.fiscal_year = ratios.fiscal_year
            and asked.report = ratios.report
    union all
    select
        'structural_features' as dataset,
        municipality_code,
        fiscal_year,
        'not_applicable' as report,
        'feature' as level,
        case
            when unknown is null then 'complete'
            when known_n = 0 then 'absent'
            else 'partial'
        end as status,
        'Geen structuurgelijke gemeenten, want onbekend: ' || unknown as reason
    from structure
    union all
    select
        'accounts' as dataset,
        years.municipality_code,
        years.fiscal_year,
        'accounts' as report,
        'programme' as level,
        if(chapters.programmes is null, 'absent', 'partial') as status,
        coalesce(
            'Alleen programma ' || chapters.programmes,
            'Geen hoofdstuk van de jaarstukken opgenomen: leg het in de inbox'
        ) as reason
    from years
    left join chapters
        on
            years.municipality_code = chapters.municipality_code
            and years.fiscal_year = chapters.fiscal_year

)

select
    covered.dataset,
    covered.municipality_code,
    covered.fiscal_year,
    covered.report,
    covered.level,
    names.municipality_name,
    covered.status,
    covered.reason
from covered
left join names on covered.municipality_code = names.municipality_code
order by
    covered.dataset,
    covered.municipality_code,
    covered.fiscal_year,
    covered.report,
    covered.level
