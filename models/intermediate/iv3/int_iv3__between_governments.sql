-- One row per municipality, report and taakveld of a landed year: what came from other
-- municipalities (category B4.3.2) and what went to joint bodies (L4.3.3), in the publication that
-- holds. Money that passes between governments is booked by both.
with

cells as (

    select * from {{ ref('stg_cbs__iv3_cells') }}
    where category_code in ('B4.3.2', 'L4.3.3')

),

deliveries as (

    select * from {{ ref('int_iv3__deliveries') }}
    where vintage is not null

)

select
    cells.municipality_code,
    cells.fiscal_year,
    deliveries.report,
    cells.taakveld_code,
    cast(
        sum(if(deliveries.vintage = 2, cells.second_keur, cells.first_keur)) filter (
            where cells.category_code = 'B4.3.2'
        ) as decimal(18, 3)
    ) as from_municipalities_keur,
    cast(
        sum(if(deliveries.vintage = 2, cells.second_keur, cells.first_keur)) filter (
            where cells.category_code = 'L4.3.3'
        ) as decimal(18, 3)
    ) as to_joint_bodies_keur
from cells
inner join deliveries
    on
        cells.municipality_code = deliveries.municipality_code
        and cells.fiscal_year = deliveries.fiscal_year
        and cells.report_suffix = deliveries.report_suffix
group by cells.municipality_code, cells.fiscal_year, deliveries.report, cells.taakveld_code
