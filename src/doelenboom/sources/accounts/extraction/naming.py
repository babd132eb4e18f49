"""Which figure of a table is what: each place gets a line item, a flow and a phase.

Names of rows, headings above them, closing totals below them and the heads of columns say it
together; where they do not, nothing is named and the row is an issue.
"""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from doelenboom.sources.accounts.extraction.grid import Grid, GridRow
from doelenboom.sources.accounts.extraction.identities import Key, Place
from doelenboom.sources.accounts.extraction.layout import IGNORED
from doelenboom.sources.accounts.extraction.rows import Kind, kind_of
from doelenboom.sources.accounts.extraction.vocabulary import FLOWS, NETS, TOTAL_ITEM

_RESERVES = re.compile(r"reserve|resultaatbestemming", re.IGNORECASE)
_TO_RESERVES = {
    "expenses": "transfer_to_reserves",
    "revenue": "transfer_from_reserves",
    "net_cost": "net_reserve_movement",
}
_RESERVE_FLOWS = ("transfer_to_reserves", "transfer_from_reserves")
BLOCKS = (*FLOWS, "net_cost")
"""Flows and balances of which a block of lines may hold one each."""

_AFTER = {"expenses": "", "revenue": "", "net_cost": "net_cost_after_reserves"}


@dataclass(frozen=True)
class RowName:
    """What a row is about: its line item, and the flow of each column (empty: none known)."""

    item: str
    flows: tuple[str, ...]
    part: bool = False

    @property
    def is_total(self) -> bool:
        """Whether it is the programme as a whole."""
        return self.item == TOTAL_ITEM


def name_rows(grid: Grid, programme: str) -> list[dict[int, RowName]]:
    """Return the ways to name the rows of a table, by their place; without a flow it is empty.

    There are two where a total may stand below its lines or above them; below is more usual.
    """
    if any(column.flow for column in grid.layout.columns):
        return [_names_by_column(grid)]
    closing, opening = (_names_by_row(grid, programme, opens) for opens in (False, True))
    return [closing] if closing == opening else [closing, opening]


def places_of(grid: Grid, names: Mapping[int, RowName]) -> dict[Key, list[Place]]:
    """Return where each figure of a table stands, by line item, flow and phase."""
    places: dict[Key, list[Place]] = defaultdict(list)
    for row, name in names.items():
        for column, flow in enumerate(name.flows):
            phase = grid.layout.columns[column].phase
            if flow and phase != IGNORED and not name.part:
                places[name.item, flow, phase].append((row, column))
    return dict(places)


def _label(row: GridRow) -> str:
    return row.readings[0].label if row.readings else row.text


def _names_by_column(grid: Grid) -> dict[int, RowName]:
    """Name rows that hold a line item each, where the columns say the flow."""
    names: dict[int, RowName] = {}
    flows = tuple(column.flow for column in grid.layout.columns)
    reserves = False
    for n, row in enumerate(grid.rows):
        kind = kind_of(_label(row))
        if row.heading:
            reserves = reserves or bool(_RESERVES.search(row.text))
            continue
        mapping = {flow: flow for flow in (*FLOWS, *NETS)}
        if kind.flow == "net_cost_after_reserves":
            mapping.update(_AFTER)
        elif reserves or kind.flow == "net_reserve_movement":
            mapping.update(_TO_RESERVES)
        total = kind.total or kind.flow in NETS
        item = TOTAL_ITEM if total else kind.item or _label(row)
        names[n] = RowName(item, tuple(mapping.get(flow, "") for flow in flows), kind.part)
    return names


def _names_by_row(grid: Grid, programme: str, opens: bool) -> dict[int, RowName]:
    """Name rows that hold one flow each: by their name, the block they are in, or its total.

    A total that `opens` a block stands above its lines, where no heading does.
    """
    kinds = [kind_of(_label(row)) for row in grid.rows]
    bare = [kind.flow for kind in kinds if kind.flow and not kind.item and not kind.total]
    repeated = len(bare) > len(set(bare))
    names: dict[int, tuple[str, str]] = {}
    waiting: list[int] = []
    block = item = ""
    whole = False
    for n, (row, kind) in enumerate(zip(grid.rows, kinds, strict=True)):
        if row.heading:
            block, item = (kind.flow if kind.flow in BLOCKS else block), kind.item
            whole = _is_whole(kind, programme)
        elif kind.flow in FLOWS and kind.item:
            names[n] = (kind.item, kind.flow)
        elif kind.flow in ("expenses", "revenue") and block in _RESERVE_FLOWS and not kind.total:
            names[n], block = (_label(grid.rows[n - 1]), block), ""
        elif kind.flow:
            if not repeated or whole or (kind.total and _is_sum(kind, _label(row))):
                names[n] = (TOTAL_ITEM, kind.flow)
            elif item:
                names[n] = (item, kind.flow)
            if kind.flow in BLOCKS:
                opened = opens and not kind.total and block != kind.flow
                if not opens:
                    names.update({row: (_label(grid.rows[row]), kind.flow) for row in waiting})
                waiting, block = [], (kind.flow if opened else "")
        elif kind.total and block:
            names[n], block = (TOTAL_ITEM, block), ""
        elif not kind.total and not kind.part:
            names[n] = (kind.item, block)
            if not block:
                waiting.append(n)
    width = len(grid.layout.columns)
    return {
        n: RowName(names[n][0], (names[n][1],) * width)
        if n in names
        else RowName(_label(row), ("",) * width, kinds[n].part)
        for n, row in enumerate(grid.rows)
        if not row.heading
    }


def _is_sum(kind: Kind, label: str) -> bool:
    """Say whether a row adds up lines, rather than being the balance of one."""
    return kind.flow in FLOWS or "tota" in label.lower()


def _is_whole(kind: Kind, programme: str) -> bool:
    """Say whether a heading stands for the programme rather than for a line of it."""
    return kind.total or _bare(kind.item) == _bare(programme)


def _bare(name: str) -> str:
    """Return a name without `Programma` and its number."""
    return re.sub(r"^(?:programma\s*)?[\d.]*[.:]?\s*", "", name.casefold())
