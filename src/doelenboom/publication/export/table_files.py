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
    parquet_resource,
    schema,
    words,
)
from doelenboom.publication.export.fitting import LeftOut, left_out, refuse_long_tables, unasked
from doelenboom.publication.export.table_sheet import SheetOf
from doelenboom.publication.export.workbook import sheet_names, write_workbook
from doelenboom.publication.lineage.documents import documents_of
from doelenboom.publication.lineage.origins import Origin, origins_of
from doelenboom.publication.lineage.words import read_words
from doelenboom.publication.manifest import DATAPACKAGE_NAME, Release, parquet_path
from doelenboom.row_text import FORMULA, GUARD
from doelenboom.storage.files import (
    copy_file,
    link_or_copy,
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
    sql_name,
    sql_text,
)
from doelenboom.storage.tables import Table, absent_table, read_tables

CATALOG = "release"

CSV_FORM = {
    "format": "csv",
    "mediatype": "text/csv",
    "encoding": "utf-8",
    "dialect": {"delimiter": ",", "quoteChar": '"', "doubleQuote": True, "header": True},
    "guard": "A text that begins with =, +, -, @, a tab or a carriage return, after any number of"
    " ', has one more ' before it: so no spreadsheet takes it for a formula. To read it as it is,"
    f" take one {GUARD} away from a text that fits {FORMULA}; Parquet has texts as they are.",
}


class FileFormat(StrEnum):
    """What a table can be written as."""

    csv = "csv"
    parquet = "parquet"
    xlsx = "xlsx"


@dataclass(frozen=True)
class Export:
    """A release opened for reading: the tables that were asked for, and those of a workbook."""

    release: Release
    connection: duckdb.DuckDBPyConnection
    every: dict[str, Table]
    tables: tuple[Table, ...]
    in_workbook: tuple[Table, ...]

    def origins(self, table: Table) -> list[Origin]:
        """List what a table came from."""
        return origins_of(self.connection, CATALOG, table, self.every)


@dataclass(frozen=True)
class Exported:
    """The files that were written, and the tables that their workbook does not hold."""

    files: list[Path]
    left_out: list[LeftOut]


def export_tables(
    release: Release,
    names: Sequence[str],
    formats: Collection[FileFormat],
    folder: Path,
    *,
    workbook: str | None = None,
    resources: DuckDBResources,
) -> Exported:
    """Write tables of a release into a folder, each file replaced in one step, and list the files.

    No `names` are all tables. CSV (UTF-8, a row of names, null is nothing) and Parquet (the file
    of the release) are one file a table, described in `datapackage.json`; a workbook, named
    `workbook` or for what it holds, has a sheet a table: those that are named, or else those that
    are not too long. Raises `RefusedError`, with the folder as it was, for a table that is not
    there or that a sheet cannot hold, a damaged release, a foreign `datapackage.json` and a
    failing disk.
    """
    with _opened(release, names, resources) as export:
        if FileFormat.xlsx in formats:
            refuse_long_tables(release, export.in_workbook, export.connection, CATALOG)
        with refusing(f"Tables cannot be exported to {folder}"):
            folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(dir=folder, prefix=".export-") as made:
                _write_files(export, formats, Path(made), folder)
                left = (
                    _write_workbook(export, Path(made), workbook)
                    if FileFormat.xlsx in formats
                    else []
                )
                return Exported(_move(Path(made), folder), left)


@contextmanager
def _opened(release: Release, names: Sequence[str], resources: DuckDBResources) -> Iterator[Export]:
    with open_in_memory(resources) as connection:
        attach_read_only(connection, release.database, CATALOG)
        every = {
            table.name: replace(table, key=release.key_of(table.name))
            for table in read_tables(connection, CATALOG)
        }
        for name in names:
            if name not in every:
                raise absent_table(name, every)
        asked = list(dict.fromkeys(names))
        tables = tuple(every[name] for name in asked or every)
        in_workbook = tuple(every[name] for name in asked or unasked(release))
        yield Export(release, connection, every, tables, in_workbook)


def _write_files(export: Export, formats: Collection[FileFormat], made: Path, folder: Path) -> None:
    described = []
    if FileFormat.csv in formats:
        described += [_write_csv(export, table, made) for table in export.tables]
    if FileFormat.parquet in formats:
        described += [_copy_parquet(export, table, made) for table in export.tables]
    if described:
        descriptor = folder / DATAPACKAGE_NAME
        kept = _described_before(descriptor, export.release, {each["path"] for each in described})
        both = sorted([*described, *kept], key=lambda resource: str(resource["name"]))
        write_json(made / DATAPACKAGE_NAME, package(export.release.release_id, both))


def _write_workbook(export: Export, made: Path, name: str | None) -> list[LeftOut]:
    """Write a workbook, and tell what it does not hold of all that it was to hold."""
    tables, one = export.in_workbook, len(export.in_workbook) == 1
    asked = [table for table in export.tables if table not in tables]
    left = left_out(export.release, asked, export.connection, CATALOG)
    words = read_words(export.connection, CATALOG, export.every)
    counts = {table.name: table.rows for table in export.release.tables}
    names = sheet_names([table.name for table in tables])
    write_workbook(
        made / (name or f"{tables[0].name if one else PACKAGE_NAME}.xlsx"),
        export.release,
        [
            SheetOf(
                sheet,
                CATALOG,
                table,
                counts[table.name],
                export.origins(table),
                words.columns.get(table.name, {}),
            )
            for sheet, table in zip(names, tables, strict=True)
        ],
        documents=documents_of(export.connection, CATALOG, export.every),
        statuses=words.lists.get("value_status", {}),
        left_out=left,
        connection=export.connection,
    )
    return left


def _write_csv(export: Export, table: Table, made: Path) -> dict[str, Any]:
    """Write a table as CSV and return the resource that describes it."""
    path = made / f"{table.name}.csv"
    sha256 = hashlib.sha256()

    def take(piece: memoryview) -> None:
        sha256.update(piece)
        file.write(piece)

    with naming(path), path.open("wb") as file:
        ordered_csv(export.connection, CATALOG, table, take, _guarded(table))
    return {
        "name": path.name,
        "path": path.name,
        **CSV_FORM,
        **words(table.comment),
        "hash": f"sha256:{sha256.hexdigest()}",
        "sources": _sources(export.origins(table)),
        "schema": {**schema(table, table.key), "missingValues": [""]},
    }


def _guarded(table: Table) -> str:
    """Write the SQL of the columns of a table, where no text is a formula to a spreadsheet."""
    names = {sql_name(column.name): column.type for column in table.columns}
    return ", ".join(
        f"if(regexp_matches({name}, {sql_text(FORMULA)}), {sql_text(GUARD)} || {name}, {name})"
        f" as {name}"
        if kind == "VARCHAR"
        else name
        for name, kind in names.items()
    )


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
    return {**resource, "sources": _sources(export.origins(table))}


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
    """Give finished files their names in a folder: all, or none and what was there stays."""
    paths = sorted(path for path in made.iterdir() if path.is_file())
    for path in paths:
        sync(path)
    targets = [folder / path.name for path in paths]
    earlier = made / "earlier"
    earlier.mkdir()
    for target in targets:
        if target.is_file():
            link_or_copy(target, earlier / target.name)
    try:
        for path, target in zip(paths, targets, strict=True):
            os.replace(path, target)
    except OSError:
        for target in targets:
            _put_back(earlier / target.name, target)
        raise
    sync(folder)
    return targets


def _put_back(before: Path, target: Path) -> None:
    """Let a file be what it was before; one that was not there goes."""
    if before.is_file():
        os.replace(before, target)
    elif target.is_file():
        target.unlink()
