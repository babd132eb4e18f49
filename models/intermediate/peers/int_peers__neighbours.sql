-- One row per municipality, year, choice of features and neighbour among the ten nearest: the
-- distance is the root of the weighted squared differences in standard score. `left_out` is the
-- theme that the choice does without, `none` for the choice on all of them. Sums are decimal, so
-- that no order of adding decides between two that are equally near; the code does.
with

standardised as (

    select
        *,
        dense_rank() over (order by municipality_code) as municipality_no
    from {{ ref('int_peers__standardised') }}
    where standard_score is not null

),

municipalities as (

    select
        municipality_no,
        fiscal_year,
        any_value(municipality_code) as municipality_code,
        max(feature_year) filter (where theme = 'benefits') as feature_year
    from standardised
    group by municipality_no, fiscal_year

),

-- Two are as far from each other as the other way round: each pair is measured once.
differences as (

    select
        one.fiscal_year,
        one.municipality_no as one_no,
        other.municipality_no as other_no,
        one.theme,
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
            and one.municipality_no < other.municipality_no
    group by one.fiscal_year, one.municipality_no, other.municipality_no, one.theme

),

summed as (

    select
        fiscal_year,
        one_no,
        other_no,
        first(theme order by difference desc, theme asc) as main_difference,
        sum(difference) as difference
    from differences
    group by fiscal_year, one_no, other_no

),

choices as (

    select
        fiscal_year,
        one_no,
        other_no,
        'none' as left_out,
        difference
    from summed
    union all
    select
        summed.fiscal_year,
        summed.one_no,
        summed.other_no,
        differences.theme as left_out,
        summed.difference - differences.difference as difference
    from summed
    inner join differences
        on
            summed.fiscal_year = differences.fiscal_year
            and summed.one_no = differences.one_no
            and summed.other_no = differences.other_no

),

both_ways as (

    select
        fiscal_year,
        left_out,
        one_no as municipality_no,
        struct_pack(difference := difference, neighbour_no := other_no) as candidate
    from choices
    union all
    select
        fiscal_year,
        left_out,
        other_no as municipality_no,
        struct_pack(difference := difference, neighbour_no := one_no) as candidate
    from choices

),

chosen as (

    select
        fiscal_year,
        left_out,
        municipality_no,
        unnest(min(candidate, 10)) as candidate,
        generate_subscripts(min(candidate, 10), 1) as neighbour_rank
    from both_ways
    group by fiscal_year, left_out, municipality_no

),

nearest as (

    select
        *,
        struct_extract(candidate, 'difference') as difference,
        struct_extract(candidate, 'neighbour_no') as neighbour_no
    from chosen

)

select
    municipalities.municipality_code,
    nearest.fiscal_year,
    nearest.left_out,
    neighbours.municipality_code as neighbour_code,
    cast(nearest.neighbour_rank as integer) as neighbour_rank,
    cast(sqrt(cast(nearest.difference as double)) as decimal(18, 6)) as distance,
    municipalities.feature_year,
    summed.main_difference
from nearest
inner join municipalities
    on
        nearest.fiscal_year = municipalities.fiscal_year
        and nearest.municipality_no = municipalities.municipality_no
inner join municipalities as neighbours
    on
        nearest.fiscal_year = neighbours.fiscal_year
        and nearest.neighbour_no = neighbours.municipality_no
inner join summed
    on
        nearest.fiscal_year = summed.fiscal_year
        and least(nearest.municipality_no, nearest.neighbour_no) = summed.one_no
        and greatest(nearest.municipality_no, nearest.neighbour_no) = summed.other_no
