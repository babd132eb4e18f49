{% macro taakveld_spending(boundary) -%}
with

amounts as (

    select * from {{ ref('int_boundaries__amounts') }}
    where level != 'total' and boundary = '{{ boundary }}'

),

codes as (

    select * from {{ ref('int_iv3__codes') }}

),

municipalities as (

    select * from {{ ref('dim_municipality_current') }}

),

population as (

    select * from {{ ref('int_boundaries__inhabitants') }}
    where boundary = '{{ boundary }}'

),

prices as (

    select * from {{ ref('int_prices__index') }}

),

breaks as (

    select * from {{ ref('stg_reference__series_breaks') }}
    where subject_kind = 'taakveld'

)

select
    amounts.municipality_code,
    amounts.fiscal_year,
    amounts.report,
    amounts.taakveld_code,
    amounts.vintage,
    coalesce(
        codes.taakveld_name,
        trim(replace(amounts.taakveld_title, amounts.taakveld_code || ' ', '')),
        amounts.taakveld_code
    ) as taakveld_name,
    codes.cluster_code as taakveld_cluster,
    codes.cluster_name,
    codes.main_taakveld_code,
    codes.main_taakveld_name,
    municipalities.municipality_name,
    amounts.level,
    amounts.known_within,
    amounts.expenses_keur,
    amounts.revenue_keur,
    population.inhabitants,
    prices.price_index,
    prices.price_base_year,
    breaks.reason as series_break,
    amounts.value_status,
    amounts.revenue_status,
    {{ 'amounts.parts' if boundary == 'current' else 'null as parts' }},
    amounts.source_table,
    amounts.source_delivery,
    amounts.source_line,
    population.inhabitants_source,
    prices.price_index_source
from amounts
left join codes
    on
        amounts.fiscal_year = codes.fiscal_year
        and amounts.taakveld_code = codes.taakveld_code
        and amounts.level = codes.level
left join municipalities on amounts.municipality_code = municipalities.municipality_code
left join population
    on
        amounts.municipality_code = population.municipality_code
        and amounts.fiscal_year = population.fiscal_year
        and amounts.report = population.report
left join breaks
    on
        amounts.taakveld_code = breaks.subject_code
        and amounts.fiscal_year = breaks.first_year
left join prices on amounts.fiscal_year = prices.price_year
{%- endmacro %}
