with

standardised as (

    select * from {{ ref('int_peers__standardised') }}

)

select
    municipality_code,
    fiscal_year,
    feature,
    feature_name,
    theme,
    weight,
    value,
    standard_score,
    feature_year,
    source
from standardised
order by municipality_code, fiscal_year, feature
