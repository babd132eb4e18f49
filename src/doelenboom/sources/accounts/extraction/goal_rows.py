"""The rows of a goal tree as they are printed: names, `Lasten` or `Baten`, and one amount.

Fused, with arrows between the names, or in the cells of a table. Where a row hangs is decided in
`goals`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from doelenboom.sources.accounts.extraction.layout import read_unit
from doelenboom.sources.accounts.extraction.lines import Line, squeezed
from doelenboom.sources.accounts.extraction.numbers import SCALE, read_cell

LONGEST_ROW = 2_000

_ROW = re.compile(
    r"(?P<before>.*?)\s*(?:-->|→|»)?\s*(?P<side>[Ll]asten|[Bb]aten)\s*:?\s*"
    r"(?P<amount>[€\d.,\s−–-]*[\d−–-](?:\s*[NV])?)"
)
_ARROW = re.compile(r"\s*(?:-->|→|»)\s*")


@dataclass(frozen=True)
class PrintedRow:
    """A row of the tree as it is printed."""

    line: int
    parts: tuple[str, ...]
    side: str
    amount: Decimal | None


def printed_rows(lines: Sequence[Line]) -> list[PrintedRow]:
    """Return the rows of the tree among the lines, amounts in thousands of euro."""
    factor = Decimal(1)
    rows: list[PrintedRow] = []
    for n, line in enumerate(lines):
        found = _cell_row(line) if line.cells else None
        text = squeezed(line.text)
        match = _ROW.fullmatch(text) if len(text) <= LONGEST_ROW else None
        if match and not found:
            cell = read_cell(match["amount"])
            if cell and re.search(r"\d", match["amount"]):
                parts = tuple(part.strip() for part in _ARROW.split(match["before"]))
                found = (parts, match["side"].lower(), cell.value)
        if not found:
            continue
        if not rows:
            factor = read_unit(" ".join(near.text for near in lines[n : n + 60] if _unit(near)))
        parts, side, value = found
        amount = None if value is None else Decimal(value) / SCALE * factor
        rows.append(PrintedRow(line.number, parts, side, amount))
    return rows


def _unit(line: Line) -> bool:
    return "edragen" in line.text and len(line.text) < 200  # noqa: PLR2004


def _cell_row(line: Line) -> tuple[tuple[str, ...], str, int | None] | None:
    """Read a row whose cells are objective, theme, product, `Lasten` or `Baten`, and an amount."""
    cells = [cell for cell in line.cells if cell]
    if len(cells) < 2 or cells[-2].lower().strip(" :") not in ("lasten", "baten"):  # noqa: PLR2004
        return None
    amount = read_cell(cells[-1])
    if amount is None:
        return None
    parts = list(line.cells[: len(line.cells) - list(reversed(line.cells)).index(cells[-2]) - 1])
    while parts and not parts[-1]:
        parts.pop()
    return tuple(parts), cells[-2].lower().strip(" :"), amount.value
