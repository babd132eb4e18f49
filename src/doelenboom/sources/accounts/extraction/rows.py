"""What a row of a cost table is, by its name: a flow, a balance, a total, or a line of its own."""

import re
from dataclasses import dataclass

from doelenboom.sources.accounts.extraction.lines import squeezed
from doelenboom.sources.accounts.extraction.vocabulary import FLOWS, PART_ROW, ROWS, TOTAL_ROW

_NOTE = re.compile(r"\s*(?:\*+\d*|(?<!\S)\d?\)|[¹²³])\s*$")
_CODE = re.compile(r"\d{1,3}(?:\.\d{1,3})*\.?\s+")
_SIDE = re.compile(r"(.*\S)\s*[-–:(]*\s*\b(lasten|baten)\)?", re.IGNORECASE)


@dataclass(frozen=True)
class RowKind:
    """What a row's name says: its flow or balance if any, whether it totals, or repeats a part.

    `item` is the line it is about, empty where the name says only a flow.
    """

    flow: str = ""
    total: bool = False
    part: bool = False
    item: str = ""


def kind_of(label: str) -> RowKind:
    """Say what a row is by its name."""
    name = squeezed(_NOTE.sub("", label)).rstrip(":")
    low = name.lower().replace("&", "en")
    if re.fullmatch(PART_ROW, low):
        return RowKind(part=True, item=name)
    if re.fullmatch(TOTAL_ROW, low):
        return RowKind(total=True)
    for flow, pattern in ROWS:
        coded = flow == "net_reserve_movement" or flow.startswith("transfer")
        uncoded = _CODE.sub("", low, count=1) if coded else low
        if re.fullmatch(pattern, uncoded):
            return RowKind(flow, total="totaal" in low or "totale" in low or flow not in FLOWS)
    side = _SIDE.fullmatch(name)
    if side and not low.startswith("totaal"):
        return RowKind("expenses" if side[2].lower() == "lasten" else "revenue", item=side[1])
    return RowKind(item=name)


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
