"""Views that say what they said in an earlier release, known from what they are made of.

A view of nine million rows takes a minute to write out and hash; its storage is compared, row by
row, in two seconds. Under the same definition, and the same DuckDB, the same storage shows the same
rows. Writes nothing.
"""

from collections.abc import Iterator, Sequence

import duckdb

from doelenboom.errors import RefusedError
from doelenboom.publication.content import TableContent
from doelenboom.publication.manifest import Release
from doelenboom.storage.files import sha256_file
from doelenboom.storage.resources import attach_read_only, sql_name
from doelenboom.storage.tables import SCHEMA, STORAGE_SUFFIX, Table, read_tables

_EARLIER = "earlier"


def unchanged_views(
    connection: duckdb.DuckDBPyConnection,
    catalog: str,
    marts: Sequence[Table],
    earlier: Release | None,
) -> dict[str, TableContent]:
    """Return what the views of an attached database hold, by name, where a release has the same.

    The `marts` are those of the database as a file has them: DuckDB words the definition of a view
    otherwise as long as it was not read back.

    None where that was made by another DuckDB, its file is not the one that was sealed, or the
    shape of its tables is one that is published no more.
    """
    tables = {mart.name: mart for mart in marts}
    if earlier is None or not any(mart.view for mart in marts) or not _is_as_sealed(earlier):
        return {}
    attach_read_only(connection, earlier.database, _EARLIER)
    try:
        before = {table.name: table for table in read_tables(connection, _EARLIER)}
        views = {
            name: table.view.storage
            for name, table in tables.items()
            if table.view and _is_defined_alike(name, tables, before)
        }
        storages = {storage.name: storage for storage in views.values()}
        same = {
            name: _has_the_same_rows(connection, catalog, storage)
            for name, storage in storages.items()
        }
        return {
            content.name: content
            for content in earlier.tables
            if content.name in views and same[views[content.name].name]
        }
    except RefusedError:  # an earlier file of another shape
        return {}
    finally:
        connection.execute(f"detach {sql_name(_EARLIER)}")


def _is_as_sealed(release: Release) -> bool:
    return (
        release.versions.get("duckdb") == duckdb.__version__
        and release.database.is_file()
        and sha256_file(release.database) == release.database_sha256
    )


def _is_defined_alike(name: str, now: dict[str, Table], before: dict[str, Table]) -> bool:
    """Say whether a view, and one that it reads, has the same definition and shape of storage."""
    return list(_definitions(name, now)) == list(_definitions(name, before))


def _definitions(name: str, tables: dict[str, Table]) -> Iterator[object]:
    view = tables[name].view if name in tables else None
    if view is None:
        return
    yield view.definition
    yield tables[name].key, [(column.name, column.type) for column in view.storage.columns]
    read = view.storage.name.removesuffix(STORAGE_SUFFIX)
    if read != name:
        yield from _definitions(read, tables)


def _has_the_same_rows(connection: duckdb.DuckDBPyConnection, catalog: str, storage: Table) -> bool:
    """Say whether a storage has the rows of the earlier one, in their order."""
    ours, theirs = (sql_name(each, SCHEMA, storage.name) for each in (catalog, _EARLIER))
    columns = [sql_name(column.name) for column in storage.columns]
    differs = " or ".join(f"ours.{name} is distinct from theirs.{name}" for name in columns)
    ((same,),) = connection.execute(
        f"""
        select
            (select count(*) from {ours}) = (select count(*) from {theirs})
            and not exists (
                select 1 from {ours} as ours positional join {theirs} as theirs where {differs}
            )
        """
    ).fetchall()
    return bool(same)
