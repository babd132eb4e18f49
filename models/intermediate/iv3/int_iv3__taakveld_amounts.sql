-- One row per municipality, report and taakveld: landed ones dense over the taakvelden of their
-- year, bundled ones as they are, of years that have not landed. What a bundled source knows as a
-- sum only is a row of level `rolled_up`; its parts are rows without amounts that name it in
-- `known_within`. Expenses are all L categories, revenue all B categories; balance posts (A, P) and
-- opening and closing balances do not count.
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
    where fiscal_year not in (select deliveries.fiscal_year from deliveries)

),

named as (

    select * from {{ ref('stg_reference__taakvelden') }}

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
        cast(null as varchar) as known_within,
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
        cast(null as varchar) as known_within,
        expenses_keur,
        revenue_keur,
        value_status,
        revenue_status,
        cbs_table,
        seed_line
    from bundled
    union all
    select
        bundled.municipality_code,
        bundled.fiscal_year,
        bundled.report,
        named.taakveld_code,
        'taakveld' as level,
        bundled.taakveld_code as known_within,
        cast(null as decimal(18, 3)) as expenses_keur,
        cast(null as decimal(18, 3)) as revenue_keur,
        if(bundled.expenses_keur is null, bundled.value_status, 'not_captured') as value_status,
        if(bundled.revenue_keur is null, bundled.revenue_status, 'not_captured') as revenue_status,
        bundled.cbs_table,
        bundled.seed_line
    from bundled
    inner join named
        on
            starts_with(named.taakveld_code, bundled.taakveld_code)
            and bundled.taakveld_code != named.taakveld_code
            and bundled.fiscal_year
            between named.valid_from_year and coalesce(named.valid_to_year, 9999)
    where bundled.level = 'rolled_up'

),

unioned as (

    select * from landed
    union all
    select
        municipality_code,
        fiscal_year,
        report,
        taakveld_code,
        level,
        known_within,
        cast(null as integer) as vintage,
        expenses_keur,
        revenue_keur,
        value_status,
        revenue_status,
        cast(null as varchar) as taakveld_title,
        cbs_table as source_table,
        cast(null as varchar) as source_delivery,
        seed_line as source_line
    from not_landed

)

select
    municipality_code,
    fiscal_year,
    report,
    taakveld_code,
    level,
    known_within,
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
