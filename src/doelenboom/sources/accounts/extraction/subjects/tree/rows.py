"""The rows of a goal tree as they are printed: names, `Lasten` or `Baten`, and one amount.

Fused, with arrows between the names, or in the cells of a table. Where a row hangs is decided in
`goals`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from doelenboom.sources.accounts.extraction.document.lines import Line
from doelenboom.sources.accounts.extraction.numbers.printed import SCALE, read_cell
from doelenboom.sources.accounts.extraction.tables.columns import columns_of
from doelenboom.sources.accounts.extraction.tables.units import units_in
from doelenboom.sources.accounts.extraction.words.patterns import anywhere
from doelenboom.sources.accounts.extraction.words.texts import DIGIT, squeezed

LONGEST_ROW = 2_000
_LOOK_ABOVE, _LOOK_BELOW = 10, 60

_AMOUNT = anywhere(
    r"(?P<side>[Ll]asten|[Bb]aten)\s*+:?(?P<amount>[€\d.,\s−–-]{0,40}[\d−–-](?:\s*[NV])?)\Z"
)
_ARROW = anywhere("-->|→|»")
_ARROW_BEHIND = anywhere(r"(?:-->|→|»)\Z")


@dataclass(frozen=True)
class PrintedRow:
    """A row of the tree as it is printed."""

    line: int
    parts: tuple[str, ...]
    side: str
    amount: Decimal | None


Found = tuple[tuple[str, ...], str, int | None]


def printed_rows(lines: Sequence[Line]) -> list[PrintedRow]:
    """Return the rows of the tree among the lines, amounts in thousands of euro."""
    factor = Decimal(1)
    width = 0
    rows: list[PrintedRow] = []
    for n, line in enumerate(lines):
        width = _head_width(line) or width
        found = _column_row(line, width) or _cell_row(line) or _text_row(line)
        if found and not rows:
            near = lines[max(n - _LOOK_ABOVE, 0) : n + _LOOK_BELOW]
            units = units_in(" ".join(line.text for line in near if _unit(line)))
            factor = next(iter(units), Decimal(1))
        for parts, side, value in found:
            amount = None if value is None else Decimal(value) / SCALE * factor
            rows.append(PrintedRow(line.number, parts, side, amount))
    return rows


def _head_width(line: Line) -> int:
    """Return how many columns a head has that ends in `Lasten` and `Baten` and names products."""
    columns = columns_of(line.cells)
    named = any(column.head.lower().startswith("product") for column in columns)
    sides = [(column.flow, column.phase) for column in columns[-2:]]
    return len(columns) if named and sides == [("expenses", ""), ("revenue", "")] else 0


def _column_row(line: Line, width: int) -> list[Found]:
    """Read a row with its costs and its revenue each in a column."""
    if not width or len(line.cells) != width or not line.cells[-3]:
        return []
    expenses, revenue = read_cell(line.cells[-2]), read_cell(line.cells[-1])
    if expenses is None and revenue is None:
        return []
    rows: list[Found] = [(line.cells[:-2], "lasten", expenses.value if expenses else None)]
    return [*rows, ((), "baten", revenue.value)] if revenue else rows


def _text_row(line: Line) -> list[Found]:
    text = squeezed(line.text)
    match = _AMOUNT.search(text) if len(text) <= LONGEST_ROW else None
    cell = read_cell(match["amount"]) if match else None
    if not match or not cell or not DIGIT.search(match["amount"]):
        return []
    before = _ARROW_BEHIND.sub("", text[: match.start()].rstrip())
    parts = tuple(part.strip() for part in _ARROW.split(before))
    return [(parts, match["side"].lower(), cell.value)]


def _unit(line: Line) -> bool:
    return "edragen" in line.text and len(line.text) < 200  # noqa: PLR2004


def _cell_row(line: Line) -> list[Found]:
    """Read a row whose cells are objective, theme, product, `Lasten` or `Baten`, and an amount."""
    cells = [cell for cell in line.cells if cell]
    if len(cells) < 2 or cells[-2].lower().strip(" :") not in ("lasten", "baten"):  # noqa: PLR2004
        return []
    amount = read_cell(cells[-1])
    if amount is None:
        return []
    parts = list(line.cells[: len(line.cells) - list(reversed(line.cells)).index(cells[-2]) - 1])
    while parts and not parts[-1]:
        parts.pop()
    return [(tuple(parts), cells[-2].lower().strip(" :"), amount.value)]
