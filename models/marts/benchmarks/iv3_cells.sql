-- Not sorted here: millions of rows are sorted once, when they are copied into the candidate.
with

cells as (

    select * from {{ ref('stg_cbs__iv3_cells') }}
    where first_keur != 0 or second_keur != 0

),

deliveries as (

    select * from {{ ref('int_iv3__deliveries') }}
    where vintage is not null

),

categories as (

    select * from {{ ref('stg_cbs__iv3_categories') }}

)

select
    cells.municipality_code,
    cells.fiscal_year,
    deliveries.report,
    cells.taakveld_code,
    cells.category_code,
    categories.category_title as category_name,
    case
        when not regexp_full_match(cells.taakveld_code, '[0-9]+[.][0-9]+[a-z]?') then 'none'
        when regexp_matches(cells.category_code, '^L[0-9]') then 'expenses'
        when regexp_matches(cells.category_code, '^B[0-9]') then 'revenue'
        else 'none'
    end as flow,
    if(deliveries.vintage = 2, cells.second_keur, cells.first_keur) as amount_keur,
    cells.first_keur as first_publication_keur,
    cells.second_keur as second_publication_keur,
    deliveries.vintage,
    cells.source_table,
    cells.source_delivery,
    cells.source_file as source_page,
    cells.source_line
from cells
inner join deliveries
    on
        cells.municipality_code = deliveries.municipality_code
        and cells.fiscal_year = deliveries.fiscal_year
        and cells.report_suffix = deliveries.report_suffix
left join categories
    on
        cells.fiscal_year = categories.fiscal_year
        and cells.category_code = categories.category_code
