select
    source_table,
    source_delivery,
    source_page,
    rows_n as value
from marts.source_pages
where
    source_table = $source_table
    and source_delivery = $source_delivery
    and source_page = $source_page
