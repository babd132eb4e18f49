-- Offenders: municipalities and reports whose landed cells do not add up to what is published. The
-- publication is chosen anew from the cells, so a cell whose municipality, report or taakveld found
-- no place in the mart is noticed. Those of another municipality or year (`iv3_faults`) are none.
with

cells as (

    select cells.*
    from {{ ref('stg_cbs__iv3_cells') }} as cells
    left join {{ ref('stg_reference__iv3_reports') }} as reports
        on cells.report_suffix = reports.report_suffix
    anti join {{ ref('stg_reference__iv3_faults') }} as faults
        on
            cells.municipality_code = faults.municipality_code
            and cells.fiscal_year = faults.fiscal_year
            and reports.report = faults.report
    where cells.municipality_code like 'GM%'

),

published as (

    select
        municipality_code,
        fiscal_year,
        report,
        sum(expenses_keur) as expenses_keur,
        sum(revenue_keur) as revenue_keur
    from {{ ref('taakveld_spending') }}
    where source_delivery is not null and expenses_keur is not null
    group by municipality_code, fiscal_year, report

),

reports as (

    select * from {{ ref('stg_reference__iv3_reports') }}

),

landed as (

    select
        municipality_code,
        fiscal_year,
        report_suffix,
        coalesce(bool_or(second_keur != 0), false) as is_second,
        sum(second_keur) filter (
            where category_code like 'L%' and not regexp_matches(taakveld_code, '^[AP]')
        ) as second_expenses,
        sum(first_keur) filter (
            where category_code like 'L%' and not regexp_matches(taakveld_code, '^[AP]')
        ) as first_expenses,
        sum(second_keur) filter (
            where category_code like 'B%' and not regexp_matches(taakveld_code, '^[AP]')
        ) as second_revenue,
        sum(first_keur) filter (
            where category_code like 'B%' and not regexp_matches(taakveld_code, '^[AP]')
        ) as first_revenue
    from cells
    group by municipality_code, fiscal_year, report_suffix
    having bool_or(first_keur != 0) or bool_or(second_keur != 0)

)

select
    landed.*,
    published.*
from landed
left join reports on landed.report_suffix = reports.report_suffix
full join published
    on
        landed.municipality_code = published.municipality_code
        and landed.fiscal_year = published.fiscal_year
        and reports.report = published.report
where
    published.expenses_keur is distinct from coalesce(
        if(landed.is_second, landed.second_expenses, landed.first_expenses), 0
    )
    or published.revenue_keur is distinct from coalesce(
        if(landed.is_second, landed.second_revenue, landed.first_revenue), 0
    )
