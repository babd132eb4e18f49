-- One row per municipality, year and report: all expenses and revenue but 0.10 and 0.11, what moves
-- to and from reserves (0.10), and of the expenses wages (L1.1), hired staff (L3.5.1) and transfers
-- to joint arrangements (L4.3.3). What landed, else the bundled file, which is of a year as a whole.
{% set parts = {'wages': 'L1.1', 'hired_staff': 'L3.5.1', 'joint_arrangements': 'L4.3.3'} -%}
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
        category_code in ('{{ parts.values() | join("', '") }}')
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
        {%- for side in ['expenses', 'revenue'] %}
        sum({{ side }}_keur) filter (where taakveld_code not in ('0.10', '0.11')) as {{ side }}_keur,
        sum({{ side }}_keur) filter (where taakveld_code = '0.10') as {{ side }}_of_reserves_keur
        {{- ',' if not loop.last }}
        {%- endfor %}
    from amounts
    group by municipality_code, fiscal_year, report

),

parts as (

    select
        cells.municipality_code,
        cells.fiscal_year,
        deliveries.report,
        {%- for name, category in parts.items() %}
        sum(if(deliveries.vintage = 2, cells.second_keur, cells.first_keur)) filter (
            where cells.category_code = '{{ category }}'
        ) as {{ name }}_keur
        {{- ',' if not loop.last }}
        {%- endfor %}
    from cells
    inner join deliveries
        on
            cells.municipality_code = deliveries.municipality_code
            and cells.fiscal_year = deliveries.fiscal_year
            and cells.report_suffix = deliveries.report_suffix
    where deliveries.vintage is not null
    group by cells.municipality_code, cells.fiscal_year, deliveries.report

)

select
    deliveries.municipality_code,
    deliveries.fiscal_year,
    deliveries.report,
    cast(sums.expenses_keur as decimal(18, 3)) as expenses_keur,
    cast(sums.revenue_keur as decimal(18, 3)) as revenue_keur,
    cast(sums.expenses_of_reserves_keur as decimal(18, 3)) as transfer_to_reserves_keur,
    cast(sums.revenue_of_reserves_keur as decimal(18, 3)) as transfer_from_reserves_keur,
    {%- for name in parts %}
    cast(
        if(deliveries.vintage is null, null, coalesce(parts.{{ name }}_keur, 0)) as decimal(18, 3)
    ) as {{ name }}_keur,
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
    value_status,
    cbs_table as source_table,
    cast(null as varchar) as source_delivery
from bundled
