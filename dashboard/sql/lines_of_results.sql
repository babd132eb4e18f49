select distinct
    row_key,
    column_name,
    source_document,
    source_lines
from marts.figure_provenance
where table_name = 'programme_results' and source_lines is not null
order by row_key, column_name, source_document, source_lines
