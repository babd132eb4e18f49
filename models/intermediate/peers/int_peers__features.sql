-- One row per municipality, year and structural feature: no spending and no score of a programme.
-- People are those of the year; the other features come from the edition nearest to it (the earlier
-- of two equally near) in which the municipality has them all. A feature that is unknown has no
-- row.
with

bundled as (

    select * from {{ ref('stg_benchmarks__structural_features') }}

),

landed as (

    select * from {{ ref('stg_cbs__key_figures') }}
    where region_kind = 'Gemeente'

),

structure as (

    select * from {{ ref('stg_reference__structure_classes') }}

),

population as (

    select * from {{ ref('int_population__inhabitants') }}

),

amounts as (

    select distinct fiscal_year from {{ ref('int_iv3__taakveld_amounts') }}

),

pivoted as (

    select
        municipality_code,
        reference_year,
        max(value) filter (where feature = 'inhabitants') as inhabitants,
        max(value) filter (where feature = 'address_density') as address_density,
        max(value) filter (where feature = 'aged_0_14') as aged_0_14,
        max(value) filter (where feature = 'aged_65_plus') as aged_65_plus,
        max(value) filter (where feature = 'social_assistance_recipients')
            as social_assistance_recipients,
        concat('seeds/benchmarks/structural_features.parquet: CBS ', min(cbs_table)) as source
    from bundled
    where cbs_table is not null and reference_year not in (select landed.reference_year from landed)
    group by municipality_code, reference_year
    union all
    select
        municipality_code,
        reference_year,
        inhabitants,
        address_density,
        aged_0_14,
        aged_65_plus,
        social_assistance_recipients,
        concat('CBS ', source_table) as source
    from landed

),

editions as (

    select * from pivoted
    where
        inhabitants > 0
        and address_density > 0
        and aged_0_14 is not null
        and aged_65_plus is not null
        and social_assistance_recipients is not null

),

nearest as (

    select
        amounts.fiscal_year,
        editions.*
    from amounts
    cross join editions
    qualify
        row_number() over (
            partition by editions.municipality_code, amounts.fiscal_year
            order by
                abs(editions.reference_year - amounts.fiscal_year), editions.reference_year
        ) = 1

),

unioned as (

    select
        population.municipality_code,
        population.fiscal_year,
        'inhabitants' as feature,
        population.inhabitants as value,
        population.fiscal_year as feature_year,
        population.source_document as source
    from population
    semi join amounts on population.fiscal_year = amounts.fiscal_year
    union all
    select
        municipality_code,
        fiscal_year,
        'address_density' as feature,
        address_density as value,
        reference_year as feature_year,
        source
    from nearest
    union all
    select
        municipality_code,
        fiscal_year,
        'aged_0_14_pct' as feature,
        aged_0_14 * 100 / inhabitants as value,
        reference_year as feature_year,
        source
    from nearest
    union all
    select
        municipality_code,
        fiscal_year,
        'aged_65_plus_pct' as feature,
        aged_65_plus * 100 / inhabitants as value,
        reference_year as feature_year,
        source
    from nearest
    union all
    select
        municipality_code,
        fiscal_year,
        'social_assistance_per_1000' as feature,
        social_assistance_recipients * 1000 / inhabitants as value,
        reference_year as feature_year,
        source
    from nearest
    union all
    select
        structure.municipality_code,
        amounts.fiscal_year,
        'social_structure' as feature,
        list_position([{{ quoted_codes('social_structure_class') }}], structure.social_structure)
            as value,
        structure.division_year as feature_year,
        structure.source
    from structure
    cross join amounts
    union all
    select
        structure.municipality_code,
        amounts.fiscal_year,
        'centre_function' as feature,
        list_position([{{ quoted_codes('centre_function_class') }}], structure.centre_function)
            as value,
        structure.division_year as feature_year,
        structure.source
    from structure
    cross join amounts

)

select
    municipality_code,
    cast(fiscal_year as integer) as fiscal_year,
    feature,
    cast(round(value, 6) as decimal(18, 6)) as value,
    cast(feature_year as integer) as feature_year,
    source
from unioned
where value is not null
