"""What the resources about releases and tables say, as they stand in the OpenAPI document."""

from datetime import date
from typing import Any

from pydantic import BaseModel, Field

from doelenboom.serving.editions import Edition
from doelenboom.storage.tables import Column, Table, split_comment


class Health(BaseModel):
    """Which release answers."""

    release: str


class ReleaseItem(BaseModel):
    """A release; `current` is the one that answers when none is named."""

    release: str
    run_date: date
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
    url: str
    rows_url: str


class ColumnItem(BaseModel):
    """A column; `type` is DuckDB's."""

    name: str
    type: str
    not_null: bool
    label: str = Field(description="Dutch label")
    description: str = Field(description="English description")


class TableDescription(TableItem):
    """A table with its columns."""

    columns: list[ColumnItem]


class Statement(BaseModel):
    """A statement in DuckDB's SQL."""

    sql: str = Field(max_length=20_000, examples=["from marts.programme_results"])


def table_item(edition: Edition, table: Table) -> TableItem:
    """Say what a table is."""
    return TableItem(**_facts(edition, table))


def table_description(edition: Edition, table: Table) -> TableDescription:
    """Say what a table and its columns are."""
    return TableDescription(
        **_facts(edition, table), columns=[_column(column) for column in table.columns]
    )


def _facts(edition: Edition, table: Table) -> dict[str, Any]:
    rows = {content.name: content.rows for content in edition.release.tables}
    label, description = split_comment(table.comment)
    return {
        "name": table.name,
        "label": label,
        "description": description,
        "key": list(table.key),
        "rows": rows[table.name],
        "url": f"/tables/{table.name}",
        "rows_url": f"/tables/{table.name}/rows",
    }


def _column(column: Column) -> ColumnItem:
    label, description = split_comment(column.comment)
    return ColumnItem(
        name=column.name,
        type=column.type,
        not_null=column.not_null,
        label=label,
        description=description,
    )
