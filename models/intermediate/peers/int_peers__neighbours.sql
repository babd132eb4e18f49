-- One row per municipality, year, choice of features and neighbour among the ten nearest: the
-- distance is the root of the weighted squared differences in standard score. `left_out` is the
-- theme that the choice does without, `none` for the choice on all of them. Sums are decimal, so
-- that no order of adding decides between two that are equally near.
with

standardised as (

    select * from {{ ref('int_peers__standardised') }}
    where standard_score is not null

),

differences as (

    select
        one.municipality_code,
        one.fiscal_year,
        other.municipality_code as neighbour_code,
        one.theme,
        max(one.feature_year) as feature_year,
        sum(
            cast(
                one.weight
                * power(cast(one.standard_score - other.standard_score as double), 2)
                as decimal(28, 12)
            )
        ) as difference
    from standardised as one
    inner join standardised as other
        on
            one.fiscal_year = other.fiscal_year
            and one.feature = other.feature
            and one.municipality_code != other.municipality_code
    group by one.municipality_code, one.fiscal_year, other.municipality_code, one.theme

),

summed as (

    select
        municipality_code,
        fiscal_year,
        neighbour_code,
        max(feature_year) filter (where theme = 'benefits') as feature_year,
        first(theme order by difference desc, theme asc) as main_difference,
        sum(difference) as difference
    from differences
    group by municipality_code, fiscal_year, neighbour_code

),

choices as (

    select
        summed.*,
        'none' as left_out
    from summed
    union all
    select
        summed.* replace (summed.difference - differences.difference as difference),
        differences.theme as left_out
    from summed
    inner join differences
        on
            summed.municipality_code = differences.municipality_code
            and summed.fiscal_year = differences.fiscal_year
            and summed.neighbour_code = differences.neighbour_code

),

ranked as (

    select
        *,
        row_number() over (
            partition by municipality_code, fiscal_year, left_out
            order by difference, neighbour_code
        ) as neighbour_rank
    from choices
    qualify neighbour_rank <= 10

)

select
    municipality_code,
    fiscal_year,
    left_out,
    neighbour_code,
    cast(neighbour_rank as integer) as neighbour_rank,
    cast(sqrt(cast(difference as double)) as decimal(18, 6)) as distance,
    feature_year,
    main_difference
from ranked
