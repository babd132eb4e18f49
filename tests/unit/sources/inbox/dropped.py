"""What somebody drops: tables in any form, read in this process."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl

from doelenboom.settings import PROJECT_DIR
from doelenboom.sources.inbox.delivered import Delivery, delivery_of

SEEDS = PROJECT_DIR / "seeds"

Cells = Sequence[Sequence[Any]]

INDICATORS = "Gemeente;Jaar;Programma;Nr;Indicator;Richting;Score;Streefwaarde\n"
COSTS = "Gemeente;Jaar;Programma;Regel;Stroom;Begroting na wijziging (x € 1.000);Realisatie (x € 1.000);Verschil (x € 1.000)\n"  # noqa: E501


def read(data: str | bytes | Cells, name: str = "cijfers.csv") -> Delivery:
    """Read CSV as text or bytes, or the cells of a workbook of one sheet, `Blad1`."""
    match data:
        case str():
            data = data.encode()
        case bytes():
            pass
        case _:
            data = workbook({"Blad1": data})
    return delivery_of(data, name, SEEDS)


def workbook(sheets: dict[str, Cells]) -> bytes:
    """Make a workbook as Excel does; a text that begins with = is a formula without a value."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(list(row))
    return saved(book)


def saved(book: Any) -> bytes:
    """Give the bytes of a workbook."""
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def cells(text: str) -> list[list[str]]:
    """Give the cells of CSV with semicolons."""
    return list(csv.reader(io.StringIO(text), delimiter=";"))


def rows(delivery: Delivery, table: str, *columns: str) -> list[tuple[str, ...]]:
    """Give some columns of the accepted rows of a table."""
    return [
        tuple(row[column] for column in columns)
        for found in delivery.tables
        if found.table == table
        for row in found.rows
    ]


def told(delivery: Delivery) -> list[tuple[int, str, str, str]]:
    """Give the row, column, value and rule of each refusal."""
    return [(each.row, each.column, each.value, each.rule) for each in delivery.refused]


def seed(name: str) -> list[dict[str, str]]:
    """Give the rows of a table that was published."""
    path = Path(SEEDS / "accounts" / f"{name}.csv")
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
