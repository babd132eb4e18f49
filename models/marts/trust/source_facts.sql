select
    concat_ws(':', source_path, source_delivery, source_page, source) as source,
    {% for column in ['variable', 'dataset', 'municipality_code', 'subject_code', 'period'] -%}
    cast({{ column }} as varchar) as {{ column }},
    {% endfor -%}
    value,
    {% for column in [
        'value_text', 'value_status', 'source_document', 'source_path', 'source_table',
        'source_delivery', 'source_page'
    ] -%}
    cast({{ column }} as varchar) as {{ column }},
    {% endfor -%}
    source as source_line
from {{ ref('source_facts_storage') }}
