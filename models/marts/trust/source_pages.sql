with

pages as (

    select * from {{ ref('stg_cbs__pages') }}

)

select
    source_table,
    source_delivery,
    source_page,
    dataset,
    table_year,
    part,
    title,
    modified,
    licence,
    url,
    rows_n,
    sha256,
    fetched_at,
    concat_ws('/', 'landing/cbs', dataset, source_table, source_delivery, source_page)
        as landing_path
from pages
order by source_table, source_delivery, source_page
