-- One row per municipality, report and taakveld: landed ones dense over the taakvelden of their
-- year, bundled ones as they are, of years that have not landed. Expenses are all L categories,
-- revenue all B categories; balance posts (A, P) and opening and closing balances do not count.
with

cells as (

    select * from {{ ref('stg_cbs__iv3_cells') }}

),

taakvelden as (

    select * from {{ ref('stg_cbs__iv3_taakvelden') }}

),

deliveries as (

    select * from {{ ref('int_iv3__deliveries') }}

),

bundled as (

    select * from {{ ref('stg_benchmarks__iv3_amounts') }}

),

sums as (

    select
        cells.municipality_code,
        cells.fiscal_year,
        cells.report_suffix,
        cells.taakveld_code,
        sum(if(deliveries.vintage = 2, cells.second_keur, cells.first_keur)) filter (
            where regexp_matches(cells.category_code, '^L[0-9]')
        ) as expenses_keur,
        sum(if(deliveries.vintage = 2, cells.second_keur, cells.first_keur)) filter (
            where regexp_matches(cells.category_code, '^B[0-9]')
        ) as revenue_keur
    from cells
    inner join deliveries
        on
            cells.municipality_code = deliveries.municipality_code
            and cells.fiscal_year = deliveries.fiscal_year
            and cells.report_suffix = deliveries.report_suffix
    group by cells.municipality_code, cells.fiscal_year, cells.report_suffix, cells.taakveld_code

),

landed as (

    select
        deliveries.municipality_code,
        deliveries.fiscal_year,
        deliveries.report,
        taakvelden.taakveld_code,
        'taakveld' as level,
        deliveries.vintage,
        case when deliveries.vintage is not null then coalesce(sums.expenses_keur, 0) end
            as expenses_keur,
        case when deliveries.vintage is not null then coalesce(sums.revenue_keur, 0) end
            as revenue_keur,
        deliveries.value_status,
        deliveries.value_status as revenue_status,
        taakvelden.taakveld_title,
        deliveries.source_table,
        deliveries.source_delivery,
        cast(null as integer) as source_line
    from deliveries
    inner join taakvelden on deliveries.fiscal_year = taakvelden.fiscal_year
    left join sums
        on
            deliveries.municipality_code = sums.municipality_code
            and deliveries.fiscal_year = sums.fiscal_year
            and deliveries.report_suffix = sums.report_suffix
            and taakvelden.taakveld_code = sums.taakveld_code
    where regexp_full_match(taakvelden.taakveld_code, '[0-9]+[.][0-9]+[a-z]?')

),

not_landed as (

    select
        municipality_code,
        fiscal_year,
        report,
        taakveld_code,
        level,
        cast(null as integer) as vintage,
        expenses_keur,
        revenue_keur,
        value_status,
        revenue_status,
        cast(null as varchar) as taakveld_title,
        cbs_table as source_table,
        cast(null as varchar) as source_delivery,
        seed_line as source_line
    from bundled
    where fiscal_year not in (select deliveries.fiscal_year from deliveries)

),

unioned as (

    select * from landed
    union all
    select * from not_landed

)

select
    municipality_code,
    fiscal_year,
    report,
    taakveld_code,
    level,
    vintage,
    cast(expenses_keur as decimal(18, 3)) as expenses_keur,
    cast(revenue_keur as decimal(18, 3)) as revenue_keur,
    value_status,
    revenue_status,
    taakveld_title,
    source_table,
    source_delivery,
    source_line
from unioned
