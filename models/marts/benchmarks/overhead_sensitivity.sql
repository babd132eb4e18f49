with

measured as (

    select * from {{ ref('int_comparison__values') }}
    where subject_kind = 'cluster' and denominator = 'inhabitants' and value is not null

),

plain as (

    select * from measured
    where measure_code = concat('iv3_expenses_cluster_', subject_code)

),

spread as (

    select * from measured
    where measure_code = concat('iv3_expenses_cluster_', subject_code, '_with_overhead')

),

municipalities as (

    select * from {{ ref('dim_municipality_current') }}

),

clusters as (

    select distinct
        cluster_code,
        cluster_name
    from {{ ref('stg_reference__taakvelden') }}
    where cluster_code is not null

),

placed as (

    select
        plain.municipality_code,
        plain.fiscal_year,
        plain.report,
        plain.boundary,
        plain.subject_code as cluster_code,
        plain.value as expenses_eur_per_inhabitant,
        spread.value as expenses_with_overhead_eur_per_inhabitant,
        rank() over (in_its_group order by plain.value desc) as place,
        rank() over (in_its_group order by spread.value desc) as place_with_overhead,
        count(*) over in_its_group as places_n
    from plain
    inner join spread
        on
            plain.boundary = spread.boundary
            and plain.municipality_code = spread.municipality_code
            and plain.fiscal_year = spread.fiscal_year
            and plain.report = spread.report
            and plain.subject_code = spread.subject_code
    window
        in_its_group as (
            partition by plain.boundary, plain.fiscal_year, plain.report, plain.subject_code
        )

)

select
    placed.municipality_code,
    placed.fiscal_year,
    placed.report,
    placed.boundary,
    placed.cluster_code,
    municipalities.municipality_name,
    clusters.cluster_name,
    cast(placed.expenses_eur_per_inhabitant as decimal(18, 2)) as expenses_eur_per_inhabitant,
    cast(placed.expenses_with_overhead_eur_per_inhabitant as decimal(18, 2))
        as expenses_with_overhead_eur_per_inhabitant,
    cast(placed.place as integer) as place,
    cast(placed.place_with_overhead as integer) as place_with_overhead,
    cast(abs(placed.place - placed.place_with_overhead) as integer) as places_shifted,
    cast(placed.places_n as integer) as places_n
from placed
left join municipalities on placed.municipality_code = municipalities.municipality_code
left join clusters on placed.cluster_code = clusters.cluster_code
order by
    placed.municipality_code,
    placed.fiscal_year,
    placed.report,
    placed.boundary,
    placed.cluster_code
