-- Offenders: rows that cite a line, or the row of a cell (`Blad1!A7`), which their document does not
-- have.
with

cited as (

    select
        seed_path,
        seed_line,
        source_document,
        unnest(
            case
                when contains(source_lines, '!')
                    then [regexp_extract(source_lines, '![A-Z]*(\d+)$', 1)]
                else regexp_extract_all(source_lines, '\d+')
            end
        ) as source_line
    from {{ ref('figure_provenance') }}

)

select distinct
    cited.seed_path,
    cited.seed_line,
    cited.source_document,
    cited.source_line
from cited
inner join {{ ref('stg_accounts__documents') }} as documents
    on cited.source_document = documents.name
where cast(cited.source_line as integer) not between 1 and documents.line_count
