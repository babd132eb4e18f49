with

standardised as (

    select * from {{ ref('int_peers__standardised') }}

),

municipalities as (

    select * from {{ ref('dim_municipality_current') }}

)

select
    standardised.municipality_code,
    standardised.fiscal_year,
    standardised.feature,
    municipalities.municipality_name,
    standardised.feature_name,
    standardised.theme,
    standardised.weight,
    standardised.value,
    standardised.standard_score,
    standardised.feature_year,
    standardised.source
from standardised
left join municipalities on standardised.municipality_code = municipalities.municipality_code
order by standardised.municipality_code, standardised.fiscal_year, standardised.feature
