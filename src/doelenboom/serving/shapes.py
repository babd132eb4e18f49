"""What the resources about releases and tables say, as they stand in the OpenAPI document."""

from collections.abc import Collection
from datetime import date
from typing import Any

from pydantic import BaseModel, Field

from doelenboom.glossary import split_comment
from doelenboom.publication.export.units import unit_of
from doelenboom.publication.manifest import Release
from doelenboom.publication.release_times import moment_of, utc_text
from doelenboom.serving.editions import Edition
from doelenboom.serving.limits import (
    DEFAULT_ROWS,
    MOST_BODY_BYTES,
    MOST_BYTES,
    MOST_ROWS,
    MOST_SQL,
    MOST_SQL_IN_ADDRESS,
    QUERIES,
    WAITING,
)
from doelenboom.storage.tables import Column, Table

FIRST_TABLE = "programme_results"
"""The table that examples are of, where a release has it."""

EXAMPLE_SQL = f"from marts.{FIRST_TABLE} limit 10"


class Health(BaseModel):
    """Which release answers."""

    release: str


class Limits(BaseModel):
    """What clients are told of the limits."""

    rows: int = Field(description="Rows of one answer")
    rows_unless_asked: int = Field(description="Rows of a page without `limit`")
    bytes: int = Field(description="Bytes of one answer; a whole table as Parquet may be more")
    seconds: float = Field(description="Seconds that a query may take, and wait in line")
    queries_at_once: int
    requests_in_line: int
    statement_characters: int
    statement_characters_in_address: int
    body_bytes: int


class Index(BaseModel):
    """What this is, and where to go on: `links` are addresses on this server."""

    title: str
    release: str
    made_at: str = Field(description="When the release was made, in UTC")
    tables: int
    example: str = Field(description="A table to begin with")
    limits: Limits
    links: dict[str, str]


class ReleaseItem(BaseModel):
    """A release; `current` is the one that answers when none is named."""

    release: str
    made_at: str = Field(description="When it was made, in UTC")
    run_date: date = Field(description="The day of that moment, in UTC")
    tables: int
    content_hash: str
    current: bool


class TableItem(BaseModel):
    """A table; `rows_url` gives its rows."""

    name: str
    label: str = Field(description="Dutch label")
    description: str = Field(description="English description")
    key: list[str]
    rows: int
    first_year: int | None = Field(description="The first `fiscal_year`, null where it has none")
    last_year: int | None = Field(description="The last `fiscal_year`, null where it has none")
    url: str
    rows_url: str


class ColumnItem(BaseModel):
    """A column; `type` is DuckDB's."""

    name: str
    type: str
    unit: str = Field(description="Unit in Dutch; empty for texts, codes and plain numbers")
    not_null: bool
    label: str = Field(description="Dutch label")
    description: str = Field(description="English description")


class TableDescription(TableItem):
    """A table with its columns; `links` are addresses of its rows, and of all tables."""

    columns: list[ColumnItem]
    links: dict[str, str]


class Statement(BaseModel):
    """A statement in DuckDB's SQL."""

    sql: str = Field(max_length=MOST_SQL, examples=[EXAMPLE_SQL])


def index_of(edition: Edition, seconds: float) -> Index:
    """Say what this server is and has; a query may take so many seconds."""
    release_id = edition.release.release_id
    example = FIRST_TABLE if FIRST_TABLE in edition.tables else next(iter(edition.tables))
    return Index(
        title="doelenboom",
        release=release_id,
        made_at=utc_text(moment_of(release_id)),
        tables=len(edition.tables),
        example=example,
        limits=_limits(seconds),
        links={
            "tables": "/tables",
            "releases": "/releases",
            "query": f"/query?sql=from%20marts.{example}%20limit%2010",
            "example": f"/tables/{example}/rows?limit=10",
            "openapi": "/openapi.json",
            "health": "/health",
        },
    )


def release_item(release: Release, current: str) -> ReleaseItem:
    """Say what a release is, and whether it is the current one, of that id."""
    return ReleaseItem(
        release=release.release_id,
        made_at=utc_text(moment_of(release.release_id)),
        run_date=release.run_date,
        tables=len(release.tables),
        content_hash=release.content_hash,
        current=release.release_id == current,
    )


def table_item(edition: Edition, table: Table) -> TableItem:
    """Say what a table is."""
    return TableItem(**_facts(edition, table))


def table_description(edition: Edition, table: Table) -> TableDescription:
    """Say what a table and its columns are."""
    names = [column.name for column in table.columns]
    facts = _facts(edition, table)
    rows = facts["rows_url"]
    return TableDescription(
        **facts,
        columns=[_column(column, names) for column in table.columns],
        links={
            "first_rows": f"{rows}?limit=10",
            "csv": f"{rows}?format=csv",
            "whole_table": f"{rows}?format=parquet",
            "tables": "/tables",
        },
    )


def _facts(edition: Edition, table: Table) -> dict[str, Any]:
    label, description = split_comment(table.comment)
    first_year, last_year = edition.years.get(table.name, (None, None))
    return {
        "name": table.name,
        "label": label,
        "description": description,
        "key": list(table.key),
        "rows": edition.rows_of(table.name),
        "first_year": first_year,
        "last_year": last_year,
        "url": f"/tables/{table.name}",
        "rows_url": f"/tables/{table.name}/rows",
    }


def _column(column: Column, beside: Collection[str]) -> ColumnItem:
    label, description = split_comment(column.comment)
    return ColumnItem(
        name=column.name,
        type=column.type,
        unit=unit_of(column.name, beside),
        not_null=column.not_null,
        label=label,
        description=description,
    )


def _limits(seconds: float) -> Limits:
    return Limits(
        rows=MOST_ROWS,
        rows_unless_asked=DEFAULT_ROWS,
        bytes=MOST_BYTES,
        seconds=seconds,
        queries_at_once=QUERIES,
        requests_in_line=WAITING,
        statement_characters=MOST_SQL,
        statement_characters_in_address=MOST_SQL_IN_ADDRESS,
        body_bytes=MOST_BODY_BYTES,
    )
