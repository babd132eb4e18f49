-- The rows of `source_facts`, figures of one kind together as they stand in their file: words are
-- numbers, and what neighbouring lines have in common stands in runs. `source` is the line alone.
select
    source_line as source,
    {% for column in ['variable', 'municipality_code', 'dataset', 'subject_code', 'period'] -%}
    cast({{ column }} as {{ enum_of(ref('int_trust__source_facts'), column) }}) as {{ column }},
    {% endfor -%}
    value,
    {% for column in [
        'value_text', 'value_status', 'source_document', 'source_path', 'source_table',
        'source_delivery', 'source_page'
    ] -%}
    cast({{ column }} as {{ enum_of(ref('int_trust__source_facts'), column) }}) as {{ column }}
    {%- if not loop.last %},{% endif %}
    {% endfor -%}
from {{ ref('int_trust__source_facts') }}
order by dataset, variable, source_path, source_delivery, source_page, source_line
