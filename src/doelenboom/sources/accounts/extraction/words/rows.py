"""What a row of a cost table is, by its name: a flow, a balance, a total, or a line of its own."""

from dataclasses import dataclass
from functools import lru_cache

from doelenboom.sources.accounts.extraction.words.patterns import ANY_CASE, anywhere
from doelenboom.sources.accounts.extraction.words.texts import squeezed
from doelenboom.sources.accounts.extraction.words.vocabulary import (
    BEFORE_FLOW,
    BEHIND_FLOW,
    FLOWS,
    NETS,
    OF_A_PART,
    OF_RESERVES,
    PART_ROW,
    ROWS,
    TO_RESERVES,
    TOTAL_ROW,
)

_NOTE = anywhere(r"(?:\*+\d*|(?<!\S)\d?\)|[¹²³])\s*$")
_FORMULA = anywhere(r"\s\((?:[A-Za-z]|[A-Za-z]{1,6}(?:\s?[-+−–=]\s?[A-Za-z]{1,6}){1,5})\)$")
"""A letter for a row, and how it follows from others: `(A)`, `(B-L)`."""

_MOVED = anywhere(r"(?<!/ )(?<!\ben )\b(?:toevoegingen|onttrekkingen) aan reserves\Z")
_CODE = anywhere(r"\d{1,3}(?:\.\d{1,3})*\.?(?:\s+|\s?[-–]\s?)")
_SIDE = anywhere(r"(?<!\ben )\b(lasten|baten|uitgaven|inkomsten|saldo)\)?\Z", ANY_CASE)
_STAGE = anywhere(r"\b(?:v[oó][oó]r|na|exclusief|excl|inclusief|incl)\b", ANY_CASE)
_ADJECTIVE = anywhere(
    r"(?:^|\s)(?:overige|algemene|diverse|eigen|directe|indirecte|onvoorziene)$", ANY_CASE
)
"""What is no name without the word behind it: `Overige baten`."""

_LOST_BREAK = anywhere(r"(?<=[a-zà-ÿ])(?=[A-Z][a-zà-ÿ])")
"""Where two lines of a title were joined: `bestemmingLasten`."""

_SIDE_FLOWS = {
    **{"lasten": "expenses", "uitgaven": "expenses", "saldo": "net_cost"},
    **{"baten": "revenue", "inkomsten": "revenue"},
}


@dataclass(frozen=True)
class RowKind:
    """What a row's name says: its flow or balance if any, whether it totals, or repeats a part.

    `item` is the line it is about, empty where the name says only a flow.
    """

    flow: str = ""
    total: bool = False
    part: bool = False
    item: str = ""


SIDES = (RowKind("expenses"), RowKind("revenue"))
"""What the names of rows and headings are that say costs or revenue, and nothing else."""


@lru_cache(maxsize=4096)
def kind_of(label: str) -> RowKind:
    """Say what a row is by its name."""
    name = _FORMULA.sub("", squeezed(_NOTE.sub("", label)).rstrip(":"))
    low = name.lower().replace("&", "en")
    if PART_ROW.fullmatch(low):
        return RowKind(part=True, item=name)
    moved = _MOVED.search(name)
    if moved and moved.start():
        return _moved(name[: moved.start()].strip(), moved[0])
    side = _SIDE.search(name)
    item = name[: side.start()].rstrip(" (-–:") if side else name
    of_side = _SIDE_FLOWS[side[1].lower()] if side else ""
    if TOTAL_ROW.fullmatch(item.lower().replace("&", "en")):
        return RowKind(of_side, total=True)
    named = side and (of_side == "net_cost" or _STAGE.search(item))
    staged = _side_of(item, of_side) if named else None
    flow = "" if staged else _flow_of(low)
    if staged or flow:
        total = "totaal" in low or "totale" in low or flow not in FLOWS
        return staged or RowKind(flow, total=total)
    if side and side.start() and not low.startswith("totaal"):
        reserve = None if _ADJECTIVE.search(item) else _reserve_of(item, of_side)
        return reserve or RowKind(of_side, item=name if _ADJECTIVE.search(item) else item)
    return RowKind(item=name)


def _moved(item: str, movement: str) -> RowKind:
    """Say what a movement of reserves is of which a cell beside the name of its row tells."""
    of = kind_of(item)
    whole_movement = of.total or of.part or of.flow == "net_reserve_movement"
    return kind_of(movement) if whole_movement else RowKind(kind_of(movement).flow, item=item)


def flow_of_all(title: str) -> str:
    """Return what the title of a table says that all of it holds, as the name of a row has it.

    `Overzicht lasten per programma (x € 1.000)` is `lasten`; empty where it names several flows, or
    a part of one.
    """
    whole_title = squeezed(_LOST_BREAK.sub(" ", title))
    rest = BEFORE_FLOW.sub("", whole_title, count=1)
    name = BEHIND_FLOW.split(rest, maxsplit=1)[0].rstrip(" -–:,")
    kind = kind_of(name)
    of_all = kind in SIDES or (kind.flow in (*TO_RESERVES.values(), *NETS) and not kind.item)
    return name if of_all and not OF_A_PART.search(whole_title) else ""


def _flow_of(low: str) -> str:
    """Return the flow or balance that a name in small letters is; reserves may have a code."""
    uncoded = _CODE.sub("", low, count=1)
    for flow, pattern in ROWS:
        coded = flow == "net_reserve_movement" or flow.startswith("transfer")
        if pattern.fullmatch(uncoded if coded else low):
            return flow
    return ""


def _side_of(item: str, flow: str) -> RowKind | None:
    """Say what the costs, the revenue or the balance are of a line that is a balance by its name.

    Costs and revenue after reserves hold these, and are neither.
    """
    kind = kind_of(item)
    if kind.item or kind.flow not in ("net_cost", "net_cost_after_reserves"):
        return None
    if flow == "net_cost":
        return kind
    return RowKind(flow, total=True) if kind.flow == "net_cost" else RowKind(part=True, item=item)


def _reserve_of(item: str, flow: str) -> RowKind | None:
    """Say which movement of reserves a line is of which a column says costs or revenue."""
    moved = kind_of(item).flow
    if moved in TO_RESERVES.values():
        return RowKind(TO_RESERVES[flow] if moved == "net_reserve_movement" else moved)
    return RowKind(TO_RESERVES[flow], item=item) if OF_RESERVES.match(item) else None


def is_known_row(label: str) -> bool:
    """Say whether a name is one of the accounts rather than of a line of this chapter."""
    kind = kind_of(label)
    return bool(kind.flow or kind.total)


def is_whole_label(label: str) -> bool:
    """Say whether a label is complete as it stands, so that no figure after it belongs to it."""
    kind = kind_of(label)
    if label.rstrip().lower().endswith("programma"):
        return False  # its number may follow
    return kind.total or (bool(kind.flow) and not kind.item)


def continues(first: str, then: str) -> bool:
    """Say whether a line goes on with the name that the line above it begins."""
    kinds = (kind_of(first), kind_of(then))
    if any(kind.total or kind.part or (kind.flow and not kind.item) for kind in kinds):
        return False
    return then[:1].islower() or (first.endswith("-") and first[-2:-1].isalpha())
