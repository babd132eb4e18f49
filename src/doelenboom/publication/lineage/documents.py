"""What the documents are called from which figures come: title, publisher, address.

Reads the mart `documents`; writes nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import duckdb

from doelenboom.storage.resources import sql_name
from doelenboom.storage.tables import SCHEMA, Table

DOCUMENTS = "documents"


@dataclass(frozen=True)
class Document:
    """What a document is called, who published it, and where it stands, each where it is known."""

    title: str
    publisher: str | None = None
    address: str | None = None


def documents_of(
    connection: duckdb.DuckDBPyConnection, catalog: str, tables: Mapping[str, Table]
) -> dict[str, Document]:
    """Give the documents of a release by `source_document`; none where there is no such mart.

    A title tells the years of one document apart; without a title it is the kind and publisher.
    """
    if DOCUMENTS not in tables:
        return {}
    rows = connection.execute(
        """
        select
            source_document,
            coalesce(
                title || coalesce(', ' || document_type || ' ' || fiscal_year, ''),
                concat_ws(', ', document_type, publisher)
            ),
            publisher,
            address
        from """
        + sql_name(catalog, SCHEMA, DOCUMENTS)
        + " order by 1"
    ).fetchall()
    return {name: Document(title or name, *rest) for name, title, *rest in rows}
