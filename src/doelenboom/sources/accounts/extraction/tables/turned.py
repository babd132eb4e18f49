"""Tables of cells with phases in their rows and flows in their columns, turned round.

Each line item then has a row, and each phase its columns, as in other tables; where there is one
line item, each flow has a row.
"""

from collections.abc import Iterator, Sequence

from doelenboom.sources.accounts.extraction.document.lines import Line
from doelenboom.sources.accounts.extraction.tables.cell_rows import is_amount
from doelenboom.sources.accounts.extraction.tables.heads import (
    YEAR,
    flows_in,
    phases_in,
    without_notes,
    without_phases,
)
from doelenboom.sources.accounts.extraction.words.rows import flow_of_all
from doelenboom.sources.accounts.extraction.words.vocabulary import TOTAL_ITEM

_FEWEST = 2
"""Phases of a table that has them in its rows."""

Item = tuple[int, str]
"""A line item, and the line on which it is printed."""


def with_phases_over_columns(block: Sequence[Line]) -> Sequence[Line]:
    """Turn a table of which each row with amounts names a phase; others stay as they are.

    So does one with a row that lacks cells: nobody says which. A row of its own above its phases,
    or a cell before them, names a line item; else there is one.
    """
    first = next((n for n, line in enumerate(block) if any(map(is_amount, line.cells[1:]))), 0)
    places = [n for n in range(first) if _flows_of(block[n].cells)]
    if places:
        flows = _flows_of(block[places[-1]].cells)
        body, name = block[places[-1] + 1 :], TOTAL_ITEM
    else:
        name = next(filter(None, (flow_of_all("".join(line.cells)) for line in block[:first])), "")
        flows, body = {1: ""}, block[first:]
    found = list(_amounts(body, flows, (block[0].number, name))) if name else []
    phases = list(dict.fromkeys(phase for _, phase, _ in found))
    items = list(dict.fromkeys(item for item, _, _ in found))
    amounts = {(item, phase): cells for item, phase, cells in found}
    certain = len(amounts) == len(found) and {len(flows)} == {*map(len, amounts.values())}
    if len(phases) < _FEWEST or not certain or not all(map(_is_phase, phases)):
        return block
    head = block[places[-1]] if places else block[0]
    if len(items) == 1:
        rows = [
            (head.number, flow or name, [amounts[items[0], phase][n] for phase in phases])
            for n, flow in enumerate(flows.values())
        ]
    else:
        none = [""] * len(flows)
        rows = [
            (*item, [cell for phase in phases for cell in amounts.get((item, phase), none)])
            for item in items
        ]
        phases = [f"{phase} {flow}" for phase in phases for flow in flows.values()]
    corner = " ".join(filter(None, head.cells[: min(flows)])) if places else ""
    turned = [(head.number, corner, phases), *rows]
    return [
        Line(number, "  ".join(filter(None, [label, *cells])), (label, *cells), head.table)
        for number, label, cells in turned
    ]


def _flows_of(cells: Sequence[str]) -> dict[int, str]:
    """Return the columns of flows below a head, if it names nothing else and no phase."""
    named = {n: text for n, text in enumerate(cells) if n and text}
    while named and not flows_in(named[min(named)]):
        del named[min(named)]  # the head of the phases
    only = all(len(flows_in(text)) == 1 and not phases_in(text) for text in named.values())
    return named if only and len(named) > 1 else {}


def _amounts(
    rows: Sequence[Line], flows: dict[int, str], item: Item
) -> Iterator[tuple[Item, str, list[str]]]:
    """Yield the amounts of each row, with its line item and what else it is called."""
    for line in rows:
        cells = line.cells
        labels = [text for text in cells[: min(flows)] if text]
        amounts = [cells[n] for n in flows if n < len(cells)]
        if labels and not any(amounts):
            item = (line.number, labels[0])
        elif labels:
            item = (line.number, labels[0]) if len(labels) > 1 else item
            yield item, labels[-1], amounts


def _is_phase(text: str) -> bool:
    """Say whether a text is a phase, a year or both, and nothing else."""
    rest = without_phases(without_notes(text))
    return bool(text) and (not rest or bool(YEAR.fullmatch(rest)))
