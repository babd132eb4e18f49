-- One row per municipality, report and taakveld of a landed year: what came from other governments
-- (income and investment, categories B4.3 and B4.5: municipalities, joint bodies, provinces, water
-- boards and others, not the state, which pays all municipalities alike) and what went to joint
-- bodies (L4.3.3), in the publication that holds. Money between governments is booked by both.
{% set from_governments = 'B4[.][35][.][2-6]' -%}
with

cells as (

    select * from {{ ref('stg_cbs__iv3_cells') }}
    where regexp_full_match(category_code, '{{ from_governments }}|L4[.]3[.]3')

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
            where cells.category_code != 'L4.3.3'
        ) as decimal(18, 3)
    ) as from_governments_keur,
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
