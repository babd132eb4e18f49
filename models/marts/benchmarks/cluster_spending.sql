with

amounts as (

    select * from {{ ref('int_boundaries__cluster_amounts') }}
    where boundary = 'as_reported'

),

population as (

    select * from {{ ref('int_boundaries__inhabitants') }}
    where boundary = 'as_reported'

),

prices as (

    select * from {{ ref('int_prices__index') }}

),

municipalities as (

    select * from {{ ref('dim_municipality_current') }}

),

breaks as (

    select * from {{ ref('stg_reference__series_breaks') }}
    where subject_kind = 'cluster'

)

select
    amounts.municipality_code,
    amounts.fiscal_year,
    amounts.report,
    amounts.cluster_code,
    amounts.cluster_name,
    municipalities.municipality_name,
    amounts.vintage,
    amounts.expenses_keur,
    amounts.revenue_keur,
    cast(amounts.expenses_keur - amounts.revenue_keur as decimal(18, 3)) as net_cost_keur,
    amounts.taakvelden_n,
    population.inhabitants,
    {{ eur_per_inhabitant('amounts.expenses_keur', 'population.inhabitants') }}
        as expenses_eur_per_inhabitant,
    {{ eur_per_inhabitant(
        'amounts.expenses_keur', 'population.inhabitants', 'prices.price_index'
    ) }} as expenses_real_eur_per_inhabitant,
    prices.price_index,
    prices.price_base_year,
    breaks.reason as series_break,
    amounts.value_status,
    amounts.revenue_status,
    amounts.source_table,
    amounts.source_delivery
from amounts
left join population
    on
        amounts.municipality_code = population.municipality_code
        and amounts.fiscal_year = population.fiscal_year
        and amounts.report = population.report
left join municipalities on amounts.municipality_code = municipalities.municipality_code
left join breaks
    on
        amounts.cluster_code = breaks.subject_code
        and amounts.fiscal_year = breaks.first_year
left join prices on amounts.fiscal_year = prices.price_year
order by amounts.municipality_code, amounts.fiscal_year, amounts.report, amounts.cluster_code
