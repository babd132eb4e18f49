select
    concat_ws(':', source_path, source_delivery, source_page, source) as source,
    variable,
    dataset,
    municipality_code,
    subject_code,
    period,
    value,
    value_text,
    value_status,
    source_document,
    source_path,
    source_table,
    source_delivery,
    source_page,
    source as source_line
from {{ ref('source_facts_storage') }}
