"""Which figure of a table is what: each place gets a line item, a flow and a phase.

Names of rows, headings above them, closing totals below them and the heads of columns say it
together; where they do not, nothing is named and the row is an issue.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import TypeVar

from doelenboom.sources.accounts.extraction.numbers.printed import SCALE
from doelenboom.sources.accounts.extraction.proof.identities import Key, Place
from doelenboom.sources.accounts.extraction.proof.subtotals import subtotals
from doelenboom.sources.accounts.extraction.tables.grid import Grid
from doelenboom.sources.accounts.extraction.tables.layout import IGNORED
from doelenboom.sources.accounts.extraction.tables.table import TableRow
from doelenboom.sources.accounts.extraction.words.patterns import ANY_CASE, anywhere, opening, whole
from doelenboom.sources.accounts.extraction.words.rows import RowKind, kind_of
from doelenboom.sources.accounts.extraction.words.vocabulary import (
    FLOWS,
    NETS,
    OF_RESERVES,
    RESERVES,
    SUM,
    TO_RESERVES,
    TOTAL_ITEM,
)

_BARE_RESULT = whole(r"\s*(?:gerealiseerd\s*)?resultaat\s*", ANY_CASE)
_MEANING = anywhere(r"voordeel|nadeel", ANY_CASE)
"""The rest of a head, which says what plus and minus mean."""

_BALANCE = whole(r"(?:totaal|saldo)\s+(?:programma\s+)?(.+)", ANY_CASE)
_RESERVE_FLOWS = ("transfer_to_reserves", "transfer_from_reserves")
_SIDES = ("expenses", "revenue")
BLOCKS = (*FLOWS, "net_cost")
"""Flows and balances of which a block of lines may hold one each."""

_AFTER = {"expenses": "", "revenue": "", "net_cost": "net_cost_after_reserves"}
_PROGRAMME = whole(r"(?:lasten|baten|saldo)\s+(programma\s+\d.{0,60})", ANY_CASE)
_PROGRAMME_TOTAL = whole(r"totaal programma (\d{1,2})", ANY_CASE)
_PROGRAMME_LINE = opening(r"programma (\d{1,2})\b", ANY_CASE)
"""A programme by its number, which is no line beside the total of it or among taakvelden."""

_OF_TAAKVELD = opening(r"\d\.\d")
_OF_TAAKVELD_RESERVES = opening(r"0\.10\b")
"""The taakveld of reserves, of which costs are put into them and revenue is taken from them."""

_SIDE = whole("lasten|baten|saldo", ANY_CASE)
_NUMBER = opening(r"(?:programma\s*)?[\d.]*[.:]?\s*")

_Way = TypeVar("_Way")


@dataclass(frozen=True)
class RowName:
    """What a row is about: its line item, and the flow of each column (empty: none known).

    The flow is `inferred` where only the total below the row says it. `line` is where its line item
    is printed, if not where the row is.
    """

    item: str
    flows: tuple[str, ...]
    part: bool = False
    inferred: bool = False
    line: int = 0

    @property
    def is_total(self) -> bool:
        """Whether it is the programme as a whole."""
        return self.item == TOTAL_ITEM


def name_rows(grid: Grid, programme: str) -> list[dict[int, RowName]]:
    """Return the ways to name the rows of a table, by their place; without a flow it is empty.

    There are several where a total may stand below its lines or above them, or where a total or a
    balance may hold the reserves that stand above it or not; the first is the most usual.
    """
    both = (False, True)
    if any(column.flow for column in grid.layout.columns):
        kinds = [kind_of(row.label) for row in grid.rows]
        adding = _adding(grid.rows, kinds)
        ways = [_names_by_column(grid, kinds, adding, holds) for holds in both]
    else:
        labels = _labels_below_balances(grid.rows)
        read = [_with_results_in_order(labels, holds) for holds in both]
        ways = [
            _names_by_row(grid, programme, kinds, adding, opens)
            for kinds in (_with_balances_on_names(grid.rows, kinds) for kinds in _once(read))
            for adding in [_adding(grid.rows, kinds)]
            for opens in both
        ]
    return _once(ways)


def _once(ways: list[_Way]) -> list[_Way]:
    return [way for n, way in enumerate(ways) if way not in ways[:n]]


def places_of(grid: Grid, names: Mapping[int, RowName]) -> dict[Key, list[Place]]:
    """Return where each figure of a table stands, by line item, flow and phase."""
    places: dict[Key, list[Place]] = defaultdict(list)
    for row, name in names.items():
        for column, flow in enumerate(name.flows):
            phase = grid.layout.columns[column].phase
            if flow and phase != IGNORED and not name.part:
                places[name.item, flow, phase].append((row, column))
    return dict(places)


def _names_by_column(
    grid: Grid, kinds: Sequence[RowKind], adding: Collection[int], holds: bool
) -> dict[int, RowName]:
    """Name rows that hold a line item each, where the columns say the flow.

    A total below the movements of reserves `holds` these, or it does not.
    """
    names: dict[int, RowName] = {}
    flows = tuple(column.flow for column in grid.layout.columns)
    balances_only = {*flows} <= {"", "net_cost"}
    totals = Counter(kind.total and not kind.flow for kind in kinds)[True]
    several = totals > 1 and any(row.heading for row in grid.rows)
    moved = Counter(kind.flow for kind in kinds if kind.flow in _RESERVE_FLOWS and not kind.item)
    moving = {"net_reserve_movement", *_RESERVE_FLOWS} & {*flows}
    last = max((n for n, row in enumerate(grid.rows) if _is_line(row, kinds[n])), default=0)
    reserves = below = False
    for n, (row, kind) in enumerate(zip(grid.rows, kinds, strict=True)):
        if row.heading:
            reserves = reserves or bool(RESERVES.search(row.text))
            continue
        mapping = {flow: flow for flow in (*FLOWS, *NETS)}
        below = below or kind.flow in TO_RESERVES.values()
        after = holds and below and kind.total and not kind.flow
        below_reserves = kind.flow == "net_cost_after_reserves" or (
            below and kind.flow == "net_cost"
        )
        if after or (below_reserves and not moving):
            mapping.update(_AFTER)
        elif balances_only and moved[kind.flow] == 1:
            mapping = {"net_cost": kind.flow}
        elif moved[kind.flow] == 1 or (moved and kind.flow == "net_reserve_movement"):
            mapping = {side: kind.flow for side, flow in TO_RESERVES.items() if flow == kind.flow}
        elif reserves or kind.flow in TO_RESERVES.values():
            mapping.update(TO_RESERVES)
        if not row.label:
            names[n] = RowName("", ("",) * len(flows))
            continue
        total = kind.total or kind.flow in NETS or moved[kind.flow] == 1
        bare_total = kind.total and not kind.flow
        item = TOTAL_ITEM if total else kind.item or row.label
        named = tuple(mapping.get(flow, "") for flow in flows)
        part = kind.part or (not total and _is_no_line(item)) or (after and not any(named))
        # a total of several, or among the lines, is of those above it
        part = part or n in adding or (bare_total and (several or n < last))
        names[n] = RowName(item, named, part)
    return names


def _is_line(row: TableRow, kind: RowKind) -> bool:
    """Say whether a row is one line of several, by its name."""
    of_all = kind.total or kind.part or kind.flow or _is_no_line(kind.item)
    return bool(row.readings) and not (row.heading or of_all or OF_RESERVES.match(kind.item))


def _adding(rows: Sequence[TableRow], kinds: Sequence[RowKind]) -> set[int]:
    """Return the places of lines that add up others; balances, totals and flows are no lines."""
    lines, beside = [], []
    for n, (row, kind) in enumerate(zip(rows, kinds, strict=True)):
        if kind.flow in TO_RESERVES.values():
            beside.append(n)
        elif not row.heading and kind.item and not (kind.total or kind.part or kind.flow):
            lines.append(n)
    totals = {match[1] for row in rows if (match := _PROGRAMME_TOTAL.fullmatch(row.label))}
    coded = 2 * sum(bool(_OF_TAAKVELD.match(rows[n].label)) for n in lines) > len(lines)
    of_whole = {
        n
        for n in lines
        if (match := _PROGRAMME_LINE.match(rows[n].label)) and (coded or match[1] in totals)
    }
    of_flow = [
        [
            n
            for n, kind in enumerate(kinds)
            if kind.flow == flow and kind.item and not rows[n].heading
        ]
        for flow in _SIDES
    ]
    several = (subtotals(rows, places) for places in of_flow)
    return {*subtotals(rows, lines, beside), *of_whole, *chain.from_iterable(several)}


def _names_by_row(
    grid: Grid,
    programme: str,
    kinds: Sequence[RowKind],
    adding: Collection[int],
    opens: bool,
) -> dict[int, RowName]:
    """Name rows that hold one flow each: by their name, the block they are in, or its total.

    A total that `opens` a block stands above its lines, where no heading does.
    """
    bare = [
        kind.flow
        for row, kind in zip(grid.rows, kinds, strict=True)
        if kind.flow and not (row.heading or kind.item or kind.total)
    ]
    blocks = _Blocks(
        programme,
        opens,
        repeated=len(bare) > len(set(bare)),
        inside=_move_in_blocks(grid.rows, kinds),
    )
    for n, (row, kind) in enumerate(zip(grid.rows, kinds, strict=True)):
        if not row.heading:
            blocks.row(n, kind, row.label)
        elif not _MEANING.search(row.text):
            blocks.heading(kind, row)
    for flow, items in blocks.moved.items():
        if len(set(items.values())) > 1:  # of several programmes, each below its name
            blocks.names.update({n: (item, TO_RESERVES[flow]) for n, item in items.items()})
    width = len(grid.layout.columns)
    known = {flow for _, flow in blocks.names.values()}
    of_reserves = known & {*_RESERVE_FLOWS} and not known & {*_SIDES}
    nets = {"net_cost": "net_reserve_movement"} if of_reserves else {}
    return {
        n: RowName(
            item,
            (nets.get(flow, flow),) * width,
            kinds[n].part or n in adding or (n not in blocks.names and _is_no_line(kinds[n].item)),
            n in blocks.inferred,
            blocks.lines.get(n, 0),
        )
        for n, row in enumerate(grid.rows)
        if not row.heading
        for item, flow in [blocks.names.get(n, (row.label, ""))]
    }


def _move_in_blocks(rows: Sequence[TableRow], kinds: Sequence[RowKind]) -> bool:
    """Say whether movements of reserves stand among costs and among revenue, above their totals."""
    named = [
        kind.flow for row, kind in zip(rows, kinds, strict=True) if not (row.heading or kind.item)
    ]
    order = [flow for flow in named if flow in (*_SIDES, "net_reserve_movement")]
    return order in (
        ["net_reserve_movement", side, "net_reserve_movement", other]
        for side, other in (_SIDES, _SIDES[::-1])
    )


def _labels_below_balances(rows: Sequence[TableRow]) -> list[str]:
    """Return the labels of rows; `lasten` below a heading that is a balance goes with its name."""
    labels, above = [], ""
    for row in rows:
        label = row.label
        if row.heading:
            balance = kind_of(label).flow in NETS or kind_of(f"{label} saldo").part
            above = label if balance else ""
        labels.append(f"{above} {label}" if above and _SIDE.fullmatch(label) else label)
    return labels


def _with_balances_on_names(rows: Sequence[TableRow], kinds: Sequence[RowKind]) -> list[RowKind]:
    """Say what rows are where a name has the balance of the costs and revenue just below it.

    Only where each of these rows stands below such a name, and every balance is their difference.
    """
    sides = [n for n, kind in enumerate(kinds) if kind.flow in _SIDES and not kind.item]
    named = [
        n
        for n, kind in enumerate(kinds[:-2])
        if not rows[n].heading and kind.item and not (kind.flow or kind.total or kind.part)
        if {kinds[n + 1].flow, kinds[n + 2].flow} == {*_SIDES} and {n + 1, n + 2} <= {*sides}
    ]
    below = [m for n in named for m in (n + 1, n + 2)]
    several = len(named) > 1 and sides[: len(below)] == below
    if not several or not all(_is_difference(*rows[n : n + 3]) for n in named):
        return list(kinds)
    found = [*kinds]
    for n in named:
        found[n] = replace(kinds[n], flow="net_cost")
        for m in (n + 1, n + 2):
            found[m] = replace(kinds[m], item=kinds[n].item, total=False)
    return found


def _is_difference(balance: TableRow, first: TableRow, second: TableRow) -> bool:
    """Say whether a row is the difference of two others in every column, by rounding at most."""
    amounts = [[cell.value or 0 for cell in row.sole] for row in (balance, first, second)]
    columns = list(zip(*amounts, strict=False))
    return bool(columns) and all(
        abs(abs(net) - abs(abs(one) - abs(other))) <= 2 * SCALE for net, one, other in columns
    )


def _with_results_in_order(labels: Sequence[str], holds: bool) -> list[RowKind]:
    """Say what rows are by their names, and by their order where that tells them apart.

    A balance below movements of reserves `holds` these, or it does not.
    A bare `Resultaat` above the reserves and a bare `Saldo` below them are the balance before and
    after them, the other way round than by themselves; so is the second of two balances.
    """
    kinds = _of_programmes(labels)
    holds = holds and any(kind.flow in _SIDES for kind in kinds)
    result, moved, balanced = None, False, False
    for n, kind in enumerate(kinds):
        if kind.flow in _SIDES:
            result, moved, balanced = None, False, False
        elif kind.flow == "net_cost_after_reserves" and _BARE_RESULT.fullmatch(labels[n]):
            result, moved = n, False
        elif kind.flow == "net_reserve_movement" or kind.flow in _RESERVE_FLOWS:
            moved = True
        elif kind.flow == "net_cost" and result is not None and moved:
            kinds[result], kinds[n] = kind, kinds[result]
            result = None
        elif kind.flow == "net_cost" and not kind.item:
            if moved and (balanced or holds):
                kinds[n] = replace(kind, flow="net_cost_after_reserves")
            balanced, moved = True, False
    return kinds


def _of_programmes(labels: Sequence[str]) -> list[RowKind]:
    """Say what rows are by their names; `Lasten programma 2` is a line where there are others."""
    kinds = [kind_of(label) for label in labels]
    found = [_PROGRAMME.fullmatch(label) for label in labels]
    if len({match[1].lower() for match in found if match}) < 2:  # noqa: PLR2004
        return kinds
    return [
        replace(kind, item=match[1], total=False) if match else kind
        for kind, match in zip(kinds, found, strict=True)
    ]


@dataclass
class _Blocks:
    """Goes down the rows of a table and keeps which block they are in.

    `repeated` says that the same flow has a row of its own in several blocks, `inside` that
    movements of reserves stand in the blocks of costs and of revenue, whose totals hold them.
    """

    programme: str
    opens: bool
    repeated: bool
    inside: bool = False
    names: dict[int, tuple[str, str]] = field(default_factory=dict)
    inferred: set[int] = field(default_factory=set)
    flow: str = ""
    item: str = ""
    line: int = 0
    lines: dict[int, int] = field(default_factory=dict)
    """Where the names of rows are printed that have them from the heading above."""
    whole: bool = False
    holds: str = ""
    """The flow of the block where its lines hold a movement of reserves."""
    moved: dict[str, dict[int, str]] = field(default_factory=dict)
    """Rows of the taakveld of reserves by the flow of their block, with the line above them."""
    movement: int = 0
    """The row of the movement of reserves in a block of which the total comes."""
    waiting: dict[int, str] = field(default_factory=dict)
    """Lines of which no flow is known yet, with their labels."""
    loose: dict[int, str] = field(default_factory=dict)
    """Rows of costs or revenue whose line item may be named by the balance below them."""

    def heading(self, kind: RowKind, row: TableRow) -> None:
        """Enter the block below a heading."""
        self.flow = kind.flow if kind.flow in (*BLOCKS, *NETS) else self.flow
        self.holds = ""
        self.item, self.line = kind.item, row.line
        self.whole = _is_whole(kind, self.programme)

    def row(self, n: int, kind: RowKind, label: str) -> None:
        """Name a row, and those above it that it closes."""
        balance = _BALANCE.fullmatch(kind.item) if self.loose else None
        if kind.flow in (*FLOWS, *TO_RESERVES.values(), "net_cost") and kind.item:
            self.names[n] = (kind.item, kind.flow)
        elif (
            kind.flow == "net_reserve_movement"
            and self.flow in _SIDES
            and _OF_TAAKVELD_RESERVES.match(label)
        ):
            self.names[n], self.holds = (TOTAL_ITEM, TO_RESERVES[self.flow]), self.flow
            self.moved.setdefault(self.flow, {})[n] = self.item
        elif self.inside and kind.flow == "net_reserve_movement":
            self.movement = n
        elif self.inside and kind.flow == "net_cost" and not kind.item:
            self.names[n] = (TOTAL_ITEM, "net_cost_after_reserves")
        elif self.inside and kind.flow in _SIDES and not kind.item:
            self.names[self.movement] = (TOTAL_ITEM, TO_RESERVES[kind.flow])
            self._close(kind.flow)
        elif self.holds and kind.flow == self.holds and kind.total:
            self.flow = self.holds = ""  # it adds up the reserves as well
        elif kind.flow in _SIDES and self.flow in _RESERVE_FLOWS and not kind.total:
            item = self.item or TOTAL_ITEM
            self.names[n], self.lines[n], self.flow = (item, self.flow), self.line, ""
        elif kind.flow:
            self._flow_row(n, kind, label)
        elif balance:
            self.names.update({at: (balance[1], flow) for at, flow in self.loose.items()})
            self.names[n], self.loose = (balance[1], "net_cost"), {}
        elif kind.total and self.flow:
            self.names[n], self.flow = (TOTAL_ITEM, self.flow), ""
        elif not kind.total and not kind.part and not _is_no_line(kind.item):
            self.names[n] = (kind.item, self.flow)
            if not self.flow:
                self.waiting[n] = label

    def _flow_row(self, n: int, kind: RowKind, label: str) -> None:
        if not self.repeated or self.whole or (kind.total and _is_sum(kind, label)):
            self.names[n] = (TOTAL_ITEM, kind.flow)
        elif self.item:
            self.names[n], self.lines[n] = (self.item, kind.flow), self.line
        elif kind.flow in _SIDES:
            self.loose[n] = kind.flow
        if kind.flow not in BLOCKS:
            return
        opened = self.opens and self.flow != kind.flow and not (kind.total and self.waiting)
        self._close("" if self.opens else kind.flow)
        self.flow = kind.flow if opened else ""

    def _close(self, flow: str) -> None:
        """End a block; lines of which no flow is known yet have that of their total, if any."""
        if flow:
            self.names.update({at: (name, flow) for at, name in self.waiting.items()})
            self.inferred.update(self.waiting)
        self.waiting, self.flow = {}, ""


def _is_no_line(name: str) -> bool:
    """Say whether the name of a row adds up or balances others, or is none at all: no line."""
    return not name or bool(SUM.match(name))


def _is_sum(kind: RowKind, label: str) -> bool:
    """Say whether a row adds up lines, rather than being the balance of one."""
    return kind.flow in FLOWS or "tota" in label.lower()


def _is_whole(kind: RowKind, programme: str) -> bool:
    """Say whether a heading stands for the programme rather than for a line of it."""
    return kind.total or _bare(kind.item) == _bare(programme)


def _bare(name: str) -> str:
    """Return a name without `Programma` and its number."""
    return _NUMBER.sub("", name.casefold())
