-- One row per municipality of a landed Iv3 table and report that at least one of them delivered.
-- Delivered means at least one cell that is not zero, balance posts included. The second
-- publication holds for a municipality and report as soon as it has such a cell; `vintage` is null
-- where neither has one. What merged away during the year did not fall silent where its successor
-- delivered that report: it is `not_applicable`. Who has the figures of another or of
-- another year has delivered none.
with

cells as (

    select * from {{ ref('stg_cbs__iv3_cells') }}

),

regions as (

    select * from {{ ref('stg_cbs__iv3_regions') }}

),

reports as (

    select * from {{ ref('stg_reference__iv3_reports') }}

),

changes as (

    select * from {{ ref('stg_reference__boundary_changes') }}

),

faults as (

    select
        faults.municipality_code,
        faults.fiscal_year,
        reports.report_suffix
    from {{ ref('stg_reference__iv3_faults') }} as faults
    inner join reports on faults.report = reports.report

),

delivered as (

    select
        cells.fiscal_year,
        cells.report_suffix,
        cells.municipality_code,
        case
            when bool_or(cells.second_keur != 0) then 2
            when bool_or(cells.first_keur != 0) then 1
        end as vintage
    from cells
    anti join faults
        on
            cells.municipality_code = faults.municipality_code
            and cells.fiscal_year = faults.fiscal_year
            and cells.report_suffix = faults.report_suffix
    group by cells.fiscal_year, cells.report_suffix, cells.municipality_code

),

published as (

    select distinct
        fiscal_year,
        report_suffix
    from delivered
    where vintage is not null

),

reported_by_successor as (

    select
        delivered.fiscal_year,
        delivered.report_suffix,
        changes.predecessor_code
    from delivered
    inner join changes
        on
            delivered.municipality_code = changes.successor_code
            and delivered.fiscal_year = year(changes.effective_date)
            and changes.effective_date > make_date(delivered.fiscal_year, 1, 1)
    where delivered.vintage is not null

)

select
    regions.municipality_code,
    regions.fiscal_year,
    reports.report,
    published.report_suffix,
    delivered.vintage,
    case
        when delivered.vintage = 2 then 'reported'
        when delivered.vintage = 1 then 'provisional'
        when reported_by_successor.predecessor_code is not null then 'not_applicable'
        else 'not_reported'
    end as value_status,
    regions.source_table,
    regions.source_delivery
from regions
inner join published on regions.fiscal_year = published.fiscal_year
inner join reports on published.report_suffix = reports.report_suffix
left join delivered
    on
        regions.fiscal_year = delivered.fiscal_year
        and published.report_suffix = delivered.report_suffix
        and regions.municipality_code = delivered.municipality_code
left join reported_by_successor
    on
        regions.fiscal_year = reported_by_successor.fiscal_year
        and published.report_suffix = reported_by_successor.report_suffix
        and regions.municipality_code = reported_by_successor.predecessor_code
where regions.municipality_code like 'GM%'
