{% macro taakveld_spending(boundary) -%}
with

amounts as (

    select * from {{ ref('int_boundaries__amounts') }}
    where level = 'taakveld' and boundary = '{{ boundary }}'

),

taakvelden as (

    select * from {{ ref('stg_reference__taakvelden') }}

),

population as (

    select * from {{ ref('int_boundaries__inhabitants') }}
    where boundary = '{{ boundary }}'

),

prices as (

    select * from {{ ref('int_prices__index') }}

)

select
    amounts.municipality_code,
    amounts.fiscal_year,
    amounts.report,
    amounts.taakveld_code,
    amounts.vintage,
    coalesce(
        taakvelden.taakveld_name,
        trim(replace(amounts.taakveld_title, amounts.taakveld_code || ' ', '')),
        amounts.taakveld_code
    ) as taakveld_name,
    taakvelden.cluster_code as taakveld_cluster,
    amounts.expenses_keur,
    amounts.revenue_keur,
    cast(amounts.expenses_keur - amounts.revenue_keur as decimal(18, 3)) as net_cost_keur,
    population.inhabitants,
    {{ eur_per_inhabitant(whole('amounts'), 'population.inhabitants') }}
        as expenses_eur_per_inhabitant,
    {{ eur_per_inhabitant(whole('amounts'), 'population.inhabitants', 'prices.price_index') }}
        as expenses_real_eur_per_inhabitant,
    prices.price_index,
    prices.price_base_year,
    amounts.value_status,
    amounts.revenue_status,
    {%- if boundary == 'current' %}
    amounts.parts,
    {%- endif %}
    amounts.source_table,
    amounts.source_delivery,
    amounts.source_line,
    population.inhabitants_source,
    prices.price_index_source
from amounts
left join taakvelden
    on
        amounts.taakveld_code = taakvelden.taakveld_code
        and amounts.fiscal_year
        between taakvelden.valid_from_year and coalesce(taakvelden.valid_to_year, 9999)
left join population
    on
        amounts.municipality_code = population.municipality_code
        and amounts.fiscal_year = population.fiscal_year
        and amounts.report = population.report
left join prices on amounts.fiscal_year = prices.price_year
order by amounts.municipality_code, amounts.fiscal_year, amounts.report, amounts.taakveld_code
{%- endmacro %}
