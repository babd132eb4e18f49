with

amounts as (

    select * from {{ ref('int_iv3__taakveld_amounts') }}

),

taakvelden as (

    select * from {{ ref('stg_reference__taakvelden') }}

),

population as (

    select * from {{ ref('int_population__inhabitants') }}

),

prices as (

    select * from {{ ref('int_prices__index') }}

),

codes as (

    select distinct
        fiscal_year,
        taakveld_code,
        level
    from amounts

),

-- A code that is rolled up stands for all codes that begin with it; they are of one cluster.
clusters as (

    select distinct
        codes.fiscal_year,
        codes.taakveld_code,
        codes.level,
        taakvelden.cluster_code,
        taakvelden.cluster_name
    from codes
    inner join taakvelden
        on
            if(
                codes.level = 'rolled_up',
                starts_with(taakvelden.taakveld_code, codes.taakveld_code),
                codes.taakveld_code = taakvelden.taakveld_code
            )
            and codes.fiscal_year
            between taakvelden.valid_from_year and coalesce(taakvelden.valid_to_year, 9999)
    where taakvelden.cluster_code is not null

),

summed as (

    select
        amounts.municipality_code,
        amounts.fiscal_year,
        amounts.report,
        clusters.cluster_code,
        any_value(clusters.cluster_name) as cluster_name,
        any_value(amounts.vintage) as vintage,
        cast(sum(amounts.expenses_keur) as decimal(18, 3)) as expenses_keur,
        cast(
            if(count(amounts.revenue_keur) = count(*), sum(amounts.revenue_keur), null)
            as decimal(18, 3)
        ) as revenue_keur,
        cast(count(*) as integer) as taakvelden_n,
        any_value(amounts.value_status) as value_status,
        any_value(amounts.revenue_status) as revenue_status,
        any_value(amounts.source_table) as source_table,
        any_value(amounts.source_delivery) as source_delivery
    from amounts
    inner join clusters
        on
            amounts.fiscal_year = clusters.fiscal_year
            and amounts.taakveld_code = clusters.taakveld_code
            and amounts.level = clusters.level
    group by
        amounts.municipality_code, amounts.fiscal_year, amounts.report, clusters.cluster_code

)

select
    summed.municipality_code,
    summed.fiscal_year,
    summed.report,
    summed.cluster_code,
    summed.cluster_name,
    summed.vintage,
    summed.expenses_keur,
    summed.revenue_keur,
    cast(summed.expenses_keur - summed.revenue_keur as decimal(18, 3)) as net_cost_keur,
    summed.taakvelden_n,
    population.inhabitants,
    {{ eur_per_inhabitant('summed.expenses_keur', 'population.inhabitants') }}
        as expenses_eur_per_inhabitant,
    {{ eur_per_inhabitant(
        'summed.expenses_keur', 'population.inhabitants', 'prices.price_index'
    ) }} as expenses_real_eur_per_inhabitant,
    prices.price_index,
    prices.price_base_year,
    summed.value_status,
    summed.revenue_status,
    summed.source_table,
    summed.source_delivery
from summed
left join population
    on
        summed.municipality_code = population.municipality_code
        and summed.fiscal_year = population.fiscal_year
left join prices on summed.fiscal_year = prices.price_year
order by summed.municipality_code, summed.fiscal_year, summed.report, summed.cluster_code
