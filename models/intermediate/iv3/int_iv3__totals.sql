-- One row per municipality, year and report: all expenses and revenue but 0.10 and 0.11, what moves
-- to and from reserves (0.10), of the expenses wages (L1.1), hired staff (L3.5.1) and transfers to
-- joint arrangements (L4.3.3), and of the revenue local levies booked as taxes (B2.2.1 and B2.2.2)
-- and grants of the state (B4.3.1): the general one (0.7) and specific ones (other taakvelden).
-- What landed, else the bundled file, which is of a whole year.
with

deliveries as (

    select * from {{ ref('int_iv3__deliveries') }}

),

amounts as (

    select * from {{ ref('int_iv3__taakveld_amounts') }}
    where source_delivery is not null

),

cells as (

    select * from {{ ref('stg_cbs__iv3_cells') }}
    where
        category_code in ('L1.1', 'L3.5.1', 'L4.3.3', 'B2.2.1', 'B2.2.2', 'B4.3.1')
        and regexp_matches(taakveld_code, '^[0-9]')
        and taakveld_code not in ('0.10', '0.11')

),

bundled as (

    select * from {{ ref('stg_benchmarks__iv3_totals') }}
    where fiscal_year not in (select deliveries.fiscal_year from deliveries)

),

sums as (

    select
        municipality_code,
        fiscal_year,
        report,
        sum(expenses_keur) filter (where taakveld_code not in ('0.10', '0.11')) as expenses_keur,
        sum(revenue_keur) filter (where taakveld_code not in ('0.10', '0.11')) as revenue_keur,
        sum(expenses_keur) filter (where taakveld_code = '0.10') as transfer_to_reserves_keur,
        sum(revenue_keur) filter (where taakveld_code = '0.10') as transfer_from_reserves_keur
    from amounts
    group by municipality_code, fiscal_year, report

),

published as (

    select
        cells.municipality_code,
        cells.fiscal_year,
        deliveries.report,
        cells.taakveld_code,
        cells.category_code,
        if(deliveries.vintage = 2, cells.second_keur, cells.first_keur) as amount_keur
    from cells
    inner join deliveries
        on
            cells.municipality_code = deliveries.municipality_code
            and cells.fiscal_year = deliveries.fiscal_year
            and cells.report_suffix = deliveries.report_suffix

),

parts as (

    select
        municipality_code,
        fiscal_year,
        report,
        sum(amount_keur) filter (where category_code = 'L1.1') as wages_keur,
        sum(amount_keur) filter (where category_code = 'L3.5.1') as hired_staff_keur,
        sum(amount_keur) filter (where category_code = 'L4.3.3') as joint_arrangements_keur,
        sum(amount_keur) filter (where category_code in ('B2.2.1', 'B2.2.2'))
            as local_levies_keur,
        sum(amount_keur) filter (where category_code = 'B4.3.1' and taakveld_code = '0.7')
            as general_grant_keur,
        sum(amount_keur) filter (where category_code = 'B4.3.1' and taakveld_code != '0.7')
            as specific_grants_keur
    from published
    group by municipality_code, fiscal_year, report

)

select
    deliveries.municipality_code,
    deliveries.fiscal_year,
    deliveries.report,
    cast(sums.expenses_keur as decimal(18, 3)) as expenses_keur,
    cast(sums.revenue_keur as decimal(18, 3)) as revenue_keur,
    cast(sums.transfer_to_reserves_keur as decimal(18, 3)) as transfer_to_reserves_keur,
    cast(sums.transfer_from_reserves_keur as decimal(18, 3)) as transfer_from_reserves_keur,
    {%- for part in [
        'wages', 'hired_staff', 'joint_arrangements', 'local_levies', 'general_grant',
        'specific_grants',
    ] %}
    cast(
        if(deliveries.vintage is null, null, coalesce(parts.{{ part }}_keur, 0)) as decimal(18, 3)
    ) as {{ part }}_keur,
    {%- endfor %}
    deliveries.value_status,
    deliveries.source_table,
    deliveries.source_delivery
from deliveries
left join sums
    on
        deliveries.municipality_code = sums.municipality_code
        and deliveries.fiscal_year = sums.fiscal_year
        and deliveries.report = sums.report
left join parts
    on
        deliveries.municipality_code = parts.municipality_code
        and deliveries.fiscal_year = parts.fiscal_year
        and deliveries.report = parts.report
where deliveries.report in ('budget', 'accounts')
union all
select
    municipality_code,
    fiscal_year,
    report,
    expenses_keur,
    revenue_keur,
    transfer_to_reserves_keur,
    transfer_from_reserves_keur,
    wages_keur,
    hired_staff_keur,
    joint_arrangements_keur,
    local_levies_keur,
    general_grant_keur,
    specific_grants_keur,
    value_status,
    cbs_table as source_table,
    cast(null as varchar) as source_delivery
from bundled
