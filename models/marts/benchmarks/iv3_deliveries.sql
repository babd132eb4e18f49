with

deliveries as (

    select * from {{ ref('int_iv3__deliveries') }}

),

amounts as (

    select * from {{ ref('int_iv3__taakveld_amounts') }}

),

bundled as (

    select * from {{ ref('stg_benchmarks__iv3_totals') }}

),

population as (

    select * from {{ ref('int_boundaries__inhabitants') }}
    where boundary = 'as_reported'

),

municipalities as (

    select * from {{ ref('dim_municipality_current') }}

),

totals as (

    select
        municipality_code,
        fiscal_year,
        report,
        cast(
            sum(expenses_keur) filter (where taakveld_code not in ('0.10', '0.11'))
            as decimal(18, 3)
        ) as expenses_keur,
        sum(revenue_keur) filter (where taakveld_code not in ('0.10', '0.11')) as revenue_keur,
        sum(expenses_keur) - sum(revenue_keur) as closing_difference_keur
    from amounts
    group by municipality_code, fiscal_year, report

),

unioned as (

    select
        deliveries.municipality_code,
        deliveries.fiscal_year,
        deliveries.report,
        deliveries.vintage,
        totals.expenses_keur,
        totals.revenue_keur,
        totals.closing_difference_keur,
        deliveries.value_status,
        deliveries.source_table,
        deliveries.source_delivery,
        cast(null as integer) as source_line
    from deliveries
    left join totals
        on
            deliveries.municipality_code = totals.municipality_code
            and deliveries.fiscal_year = totals.fiscal_year
            and deliveries.report = totals.report
    union all
    select
        municipality_code,
        fiscal_year,
        report,
        cast(null as integer) as vintage,
        expenses_keur,
        revenue_keur,
        cast(null as decimal(18, 3)) as closing_difference_keur,
        value_status,
        cbs_table as source_table,
        cast(null as varchar) as source_delivery,
        seed_line as source_line
    from bundled
    where fiscal_year not in (select deliveries.fiscal_year from deliveries)

)

select
    unioned.municipality_code,
    unioned.fiscal_year,
    unioned.report,
    municipalities.municipality_name,
    unioned.value_status not in ('not_reported', 'not_applicable') as is_delivered,
    unioned.vintage,
    cast(unioned.expenses_keur as decimal(18, 3)) as expenses_keur,
    cast(unioned.revenue_keur as decimal(18, 3)) as revenue_keur,
    cast(unioned.expenses_keur - unioned.revenue_keur as decimal(18, 3)) as net_cost_keur,
    cast(unioned.closing_difference_keur as decimal(18, 3)) as closing_difference_keur,
    totals.expenses_keur as expenses_by_taakveld_keur,
    cast(unioned.expenses_keur - totals.expenses_keur as decimal(18, 3)) as expenses_unsplit_keur,
    population.inhabitants,
    {{ eur_per_inhabitant('unioned.expenses_keur', 'population.inhabitants') }}
        as expenses_eur_per_inhabitant,
    unioned.value_status,
    unioned.source_table,
    unioned.source_delivery,
    unioned.source_line,
    population.inhabitants_source
from unioned
left join totals
    on
        unioned.municipality_code = totals.municipality_code
        and unioned.fiscal_year = totals.fiscal_year
        and unioned.report = totals.report
left join municipalities on unioned.municipality_code = municipalities.municipality_code
left join population
    on
        unioned.municipality_code = population.municipality_code
        and unioned.fiscal_year = population.fiscal_year
        and unioned.report = population.report
order by unioned.municipality_code, unioned.fiscal_year, unioned.report
