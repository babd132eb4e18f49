select
    source_document,
    title,
    publisher,
    address,
    document_type,
    fiscal_year,
    source_sha256
from marts.documents
order by source_document
