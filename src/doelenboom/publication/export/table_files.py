"""Tables of the published release as files for other tools: CSV, Parquet, a workbook.

Decides which files there are and puts them in their folder; how a workbook looks is in
`workbook`, how files are described in `datapackage`. Reads the sealed release only.
"""

import hashlib
import os
import tempfile
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

import duckdb

from doelenboom.errors import RefusedError
from doelenboom.publication.export.datapackage import (
    PACKAGE_NAME,
    package,
    parquet_path,
    parquet_resource,
    schema,
    words,
)
from doelenboom.publication.export.workbook import refuse_long_tables, write_workbook
from doelenboom.publication.lineage.origins import Origin, origins_of
from doelenboom.publication.manifest import Release
from doelenboom.storage.files import (
    copy_file,
    naming,
    read_json,
    refusing,
    sha256_file,
    sync,
    write_json,
)
from doelenboom.storage.ordered import ordered_csv
from doelenboom.storage.resources import (
    DuckDBResources,
    attach_read_only,
    open_in_memory,
)
from doelenboom.storage.tables import SCHEMA, Table, read_tables

CATALOG = "release"
DESCRIPTOR = "datapackage.json"

CSV_FORM = {
    "format": "csv",
    "mediatype": "text/csv",
    "encoding": "utf-8",
    "dialect": {"delimiter": ",", "quoteChar": '"', "doubleQuote": True, "header": True},
}


class FileFormat(StrEnum):
    """What a table can be written as."""

    csv = "csv"
    parquet = "parquet"
    xlsx = "xlsx"


@dataclass(frozen=True)
class Export:
    """A release opened for reading: the tables that were asked for, and where each came from."""

    release: Release
    connection: duckdb.DuckDBPyConnection
    tables: tuple[Table, ...]
    origins: dict[str, list[Origin]]


def export_tables(
    release: Release,
    names: Sequence[str],
    formats: Collection[FileFormat],
    folder: Path,
    *,
    resources: DuckDBResources,
) -> list[Path]:
    """Write tables of a release into a folder, each file replaced in one step, and list the files.

    No `names` are all tables. CSV (UTF-8, a row of names, null is nothing) and Parquet (the file
    of the release) are one file a table, described in `datapackage.json`; a workbook holds all
    tables. Raises `RefusedError`, with the folder as it was, for a table that is not there or that
    a workbook cannot hold, a damaged release, a foreign `datapackage.json` and a failing disk.
    """
    asked = _asked(release, names)
    if FileFormat.xlsx in formats:
        refuse_long_tables(release, asked)
    with refusing(f"Tables cannot be exported to {folder}"):
        folder.mkdir(parents=True, exist_ok=True)
        with (
            tempfile.TemporaryDirectory(dir=folder, prefix=".export-") as made,
            _opened(release, asked, resources) as export,
        ):
            _write_files(export, formats, Path(made), folder)
            return _move(Path(made), folder)


def _asked(release: Release, names: Sequence[str]) -> list[str]:
    """The tables that were asked for, each once. Raises RefusedError for one that is not there."""
    held = [table.name for table in release.tables]
    for name in names:
        if name not in held:
            raise RefusedError(f"there is no table {SCHEMA}.{name}, only {', '.join(held)}")
    return list(dict.fromkeys(names)) or held


@contextmanager
def _opened(release: Release, names: Iterable[str], resources: DuckDBResources) -> Iterator[Export]:
    with open_in_memory(resources) as connection:
        attach_read_only(connection, release.database, CATALOG)
        every = {table.name: table for table in read_tables(connection, CATALOG)}
        tables = tuple(replace(every[name], key=release.key_of(name)) for name in names)
        origins = {table.name: origins_of(connection, CATALOG, table, every) for table in tables}
        yield Export(release, connection, tables, origins)


def _write_files(export: Export, formats: Collection[FileFormat], made: Path, folder: Path) -> None:
    described = []
    if FileFormat.csv in formats:
        described += [_write_csv(export, table, made) for table in export.tables]
    if FileFormat.parquet in formats:
        described += [_copy_parquet(export, table, made) for table in export.tables]
    if described:
        descriptor = folder / DESCRIPTOR
        kept = _described_before(descriptor, export.release, {each["path"] for each in described})
        both = sorted([*described, *kept], key=lambda resource: str(resource["name"]))
        write_json(made / DESCRIPTOR, package(export.release.release_id, both))
    if FileFormat.xlsx in formats:
        name = export.tables[0].name if len(export.tables) == 1 else PACKAGE_NAME
        write_workbook(
            made / f"{name}.xlsx",
            export.release,
            export.tables,
            origins=export.origins,
            connection=export.connection,
            catalog=CATALOG,
        )


def _write_csv(export: Export, table: Table, made: Path) -> dict[str, Any]:
    """Write a table as CSV and return the resource that describes it."""
    path = made / f"{table.name}.csv"
    sha256 = hashlib.sha256()

    def take(piece: memoryview) -> None:
        sha256.update(piece)
        file.write(piece)

    with naming(path), path.open("wb") as file:
        ordered_csv(export.connection, CATALOG, table, take)
    return {
        "name": path.name,
        "path": path.name,
        **CSV_FORM,
        **words(table.comment),
        "hash": f"sha256:{sha256.hexdigest()}",
        "sources": _sources(export.origins[table.name]),
        "schema": {**schema(table, table.key), "missingValues": [""]},
    }


def _copy_parquet(export: Export, table: Table, made: Path) -> dict[str, Any]:
    """Copy the sealed Parquet file of a table and return the resource that describes it.

    Raises `RefusedError` when its bytes are not those that were sealed.
    """
    source = export.release.folder / parquet_path(table.name)
    path = made / f"{table.name}.parquet"
    copy_file(source, path)
    if sha256_file(path) != export.release.parquet_sha256[table.name]:
        raise RefusedError(f"{source} is not the file that was sealed: its SHA-256 differs")
    resource = parquet_resource(export.release, table, path.name, path.name)
    return {**resource, "sources": _sources(export.origins[table.name])}


def _sources(origins: Iterable[Origin]) -> list[dict[str, str]]:
    """Write sources as the standard has them: a title, and what more is known of each."""
    names = {"document": "sha256", "cbs": "delivery"}
    return [
        {
            "title": f"CBS {origin.name}" if origin.kind == "cbs" else origin.name,
            **({names[origin.kind]: origin.detail} if origin.detail else {}),
        }
        for origin in origins
    ]


def _described_before(path: Path, release: Release, written: set[str]) -> list[dict[str, Any]]:
    """What an earlier export of the same release described and this one does not write anew.

    An export of another release is described no longer: the text would be true of neither.
    Raises RefusedError when the file is not ours.
    """
    if not path.exists():
        return []
    document = read_json(path)
    if document.get("name") != PACKAGE_NAME:
        raise RefusedError(f"{path} describes something else: name another folder with --out")
    if document.get("version") != release.release_id:
        return []
    return [each for each in document.get("resources", []) if each["path"] not in written]


def _move(made: Path, folder: Path) -> list[Path]:
    """Give finished files their names in a folder, each in one step."""
    targets = []
    for path in sorted(made.iterdir()):
        sync(path)
        os.replace(path, folder / path.name)
        targets.append(folder / path.name)
    sync(folder)
    return targets
