"""What the tests of extraction share: reading a text as a chapter, and checking a made-up one."""

import tempfile
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path

from doelenboom.settings import PROJECT_DIR
from doelenboom.sources.accounts.extraction.document.lines import Chapter, Issue
from doelenboom.sources.accounts.extraction.document.reading import read_chapter
from doelenboom.sources.accounts.extraction.package.assembling import Extraction, extract_chapter
from doelenboom.sources.accounts.extraction.package.extract import read_statutory_names
from doelenboom.sources.accounts.extraction.proof.cost_tables import settle
from doelenboom.sources.accounts.extraction.subjects.costs.finance import FinanceRow, read_finance
from doelenboom.sources.accounts.extraction.subjects.sections import title_of
from doelenboom.sources.accounts.extraction.tables.grids import find_grids
from tests.chapters.generator import Key, Made

SEEDS = PROJECT_DIR / "seeds"
SHARED = PROJECT_DIR.parent / "shared" / "documents"
STATUTORY = read_statutory_names(SEEDS / "reference" / "statutory_indicator_definitions.csv")


def extracted(text: str, name: str = "chapter.txt", year: int = 2018) -> Extraction:
    """Extract a text as a chapter of a municipality."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_text(text, encoding="utf-8")
        return extract_chapter(read_chapter(path), "GM0153", year, STATUTORY)


def finance_of(text: str, name: str = "chapter.txt") -> tuple[dict[Key, FinanceRow], list[Issue]]:
    """Read the cost tables of a text."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_text(text, encoding="utf-8")
        return finance_in(read_chapter(path))


def finance_in(chapter: Chapter) -> tuple[dict[Key, FinanceRow], list[Issue]]:
    """Read the cost tables of a chapter."""
    lines = chapter.lines
    grids = find_grids(lines, 2018)
    title = title_of(lines, grids)
    programme = title.name if title else ""
    settled = [settle(grid, programme, lines) for grid in grids if not grid.refusal]
    found = read_finance(settled, [grid for grid in grids if grid.refusal])
    return {(row.line_item, row.flow): row for row in found.rows}, list(found.issues)


def wrong_figures(made: Made, rows: dict[Key, FinanceRow]) -> Iterator[str]:
    """Yield every figure that is not as printed, and every row that is not in the chapter."""
    for key, row in rows.items():
        for phase, value in row.amounts.items():
            if value is not None and made.truth.get(key, {}).get(phase) != value:
                yield f"{key}, {phase}: {value}, printed {made.truth.get(key, {}).get(phase)}"


def open_rows(made: Made, rows: dict[Key, FinanceRow]) -> list[Key]:
    """Return the rows of a chapter of which a figure was not read."""
    return [
        key
        for key, values in made.truth.items()
        if key not in rows or any(rows[key].amounts[phase] is None for phase in values)
    ]


def amounts(row: FinanceRow) -> list[Decimal | None]:
    """Return the amounts of a row in the order of phases."""
    return list(row.amounts.values())


def table_of(rows: Sequence[Sequence[str]]) -> str:
    """Write rows of cells as a table of a page."""
    cells = ("".join(f"<td>{cell}</td>" for cell in row) for row in rows)
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"
