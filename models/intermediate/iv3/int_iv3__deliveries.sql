-- One row per municipality of a landed Iv3 table and report that at least one of them delivered.
-- Delivered means at least one cell that is not zero, balance posts included. The second
-- publication holds for a municipality and report as soon as it has such a cell; `vintage` is null
-- where neither has one.
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

delivered as (

    select
        fiscal_year,
        report_suffix,
        municipality_code,
        case
            when bool_or(second_keur != 0) then 2
            when bool_or(first_keur != 0) then 1
        end as vintage
    from cells
    group by fiscal_year, report_suffix, municipality_code

),

published as (

    select distinct
        fiscal_year,
        report_suffix
    from delivered
    where vintage is not null

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
where regions.municipality_code like 'GM%'
