-- One row per municipality, year and feature that is known: its distance, in standard deviations,
-- from the mean of the municipalities that have every feature; people and density on a logarithmic
-- scale. No distance for those that lack one: they have no neighbours and are nobody's.
with

features as (

    select * from {{ ref('int_peers__features') }}

),

declared as (

    select
        *,
        count(*) over () as features_n
    from {{ ref('stg_reference__peer_features') }}

),

scaled as (

    select
        features.*,
        declared.feature_name,
        declared.theme,
        declared.weight,
        if(declared.scale = 'log', ln(features.value), cast(features.value as double)) as scaled,
        count(*) over (
            partition by features.municipality_code, features.fiscal_year
        ) = declared.features_n as is_complete
    from features
    inner join declared on features.feature = declared.feature

)

select
    municipality_code,
    fiscal_year,
    feature,
    feature_name,
    theme,
    weight,
    value,
    feature_year,
    source,
    -- A feature that is the same everywhere tells nobody apart.
    if(
        is_complete,
        cast(
            round(
                coalesce(
                    (scaled - avg(scaled) over complete)
                    / nullif(stddev_pop(scaled) over complete, 0),
                    0
                ),
                9
            ) as decimal(18, 9)
        ),
        null
    ) as standard_score
from scaled
window complete as (partition by fiscal_year, feature, is_complete)
