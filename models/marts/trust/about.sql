-- What each table is for, as its own yml says it: nothing is told here.
with

tables (table_name, comment, key_columns, first_question, example, sums, since) as (

    values
    {% for node in published_models() %}
    (
        '{{ node.name }}',
        '{{ node.description | replace("'", "''") }}',
        '{{ key_of_model(node) | join(", ") }}',
        '{{ node.config.meta.question | replace("'", "''") }}',
        '{{ node.config.meta.example | replace("'", "''") }}',
        '{{ node.config.meta.get("sums", "none") | replace("'", "''") }}',
        date '{{ node.config.meta.since }}'
    ){{ ',' if not loop.last }}
    {% else %}
    ('', '', '', '', '', '', date '2026-01-01')
    {% endfor %}

)

select
    table_name,
    regexp_extract(comment, '^(.*?)\. [A-Z]', 1) as purpose,
    regexp_extract(comment, '^.*?\. ([A-Z].*)$', 1) as grain,
    nullif(key_columns, '') as key_columns,
    first_question,
    example,
    sums,
    since
from tables
order by table_name
