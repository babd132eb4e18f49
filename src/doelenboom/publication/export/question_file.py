"""A workbook of one question: its answer as a sheet, and how it was asked.

Reads the sealed release only; what a workbook looks like is in `workbook`.
"""

import re
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import duckdb

from doelenboom.errors import RefusedError
from doelenboom.publication.export.table_sheet import SheetOf
from doelenboom.publication.export.workbook import write_workbook
from doelenboom.publication.export.workbook_words import ANSWER, HOW_TO_READ, QUERY, QUESTION
from doelenboom.publication.lineage.words import CodeWords, Words, read_words
from doelenboom.publication.manifest import Release
from doelenboom.publication.reading.questions import Question, Value
from doelenboom.storage.files import refusing
from doelenboom.storage.resources import DuckDBResources, attach_read_only, open_in_memory, sql_name
from doelenboom.storage.tables import SCHEMA, Column, Table, read_tables

CATALOG = "release"
MEMORY = "memory"
TABLE_READ = re.compile(rf"\b{SCHEMA}\.(\w+)")


def export_question(
    release: Release,
    question: Question,
    values: Mapping[str, Value],
    path: Path,
    *,
    resources: DuckDBResources,
) -> Path:
    """Write the answer to a question as a workbook, replaced in one step, and return its path.

    Columns have the label of the question, or of the first table it reads that has them. Raises
    `RefusedError` for an answer without rows, and for a failing disk.
    """
    with open_in_memory(resources) as connection, refusing(f"{path} cannot be written"):
        attach_read_only(connection, release.database, CATALOG)
        tables = {table.name: table for table in read_tables(connection, CATALOG)}
        words = read_words(connection, CATALOG, tables)
        place, asked = sql_name(MEMORY, SCHEMA, ANSWER), question.written_out(values)
        connection.execute(f"create schema {sql_name(MEMORY, SCHEMA)}; use {sql_name(CATALOG)}")
        connection.execute(f"create table {place} as {asked}")
        ((rows,),) = connection.execute(f"select count(*) from {place}").fetchall()
        if not rows:
            raise RefusedError(f"{question.name} has no rows for this: `doelenboom ask` says why")
        read = [tables[name] for name in TABLE_READ.findall(question.sql)]
        columns = tuple(_columns(connection, question, read))
        answer = Table(ANSWER, columns, (), question.question)
        sheet = SheetOf(ANSWER, MEMORY, answer, rows, (), _words(columns, read, words))
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=".export-") as made:
            whole = Path(made) / path.name
            write_workbook(
                whole,
                release,
                [sheet],
                documents={},
                statuses=words.lists.get("value_status", {}),
                about=[
                    (QUESTION, question.question),
                    (HOW_TO_READ, question.reading),
                    (QUERY, asked.strip()),
                ],
                connection=connection,
            )
            whole.replace(path)
    return path


def _columns(
    connection: duckdb.DuckDBPyConnection, question: Question, read: list[Table]
) -> Iterator[Column]:
    """Describe the columns of the answer, with the labels that they have where they come from."""
    shapes = connection.execute(f"describe {sql_name(MEMORY, SCHEMA, ANSWER)}").fetchall()
    for name, kind, *_ in shapes:
        origin = _origin(name, read)
        comment = question.labels.get(name) or (origin[1].comment if origin else None) or name
        yield Column(name, kind, not_null=False, comment=comment)


def _words(columns: tuple[Column, ...], read: list[Table], words: CodeWords) -> dict[str, Words]:
    """Give the words of the codes of the answer, as the tables that it reads have them."""
    found = {}
    for column in columns:
        origin = _origin(column.name, read)
        if origin:
            found[column.name] = words.columns.get(origin[0].name, {}).get(column.name, {})
    return found


def _origin(name: str, read: list[Table]) -> tuple[Table, Column] | None:
    """Find the first table of those read that has a column of this name."""
    return next(
        ((table, column) for table in read for column in table.columns if column.name == name),
        None,
    )
