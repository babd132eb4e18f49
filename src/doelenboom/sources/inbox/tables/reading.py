"""From the bytes of a file to rows that are judged: format, heads, cells, rules, in this order."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from doelenboom.sources.inbox.tables import words
from doelenboom.sources.inbox.tables.drafts import Draft, Read, drafts_of
from doelenboom.sources.inbox.tables.grid import Sheet, UnreadableError
from doelenboom.sources.inbox.tables.heads import find_head
from doelenboom.sources.inbox.tables.judging import Known, judge
from doelenboom.sources.inbox.tables.kinds import Kind, read_kinds
from doelenboom.sources.inbox.tables.limits import LARGEST_FILE
from doelenboom.sources.inbox.tables.municipalities import read_municipalities
from doelenboom.sources.inbox.tables.numbers import COMMA, POINT
from doelenboom.sources.inbox.tables.taakvelden import read_taakvelden
from doelenboom.sources.inbox.tables.text_file import read_text_file
from doelenboom.sources.inbox.tables.workbook import OLD, ZIP, read_workbook


@dataclass(frozen=True)
class Judged:
    """What a file holds: sheets whose head is known, their rows, and sheets that were not read."""

    reads: tuple[Read, ...] = ()
    drafts: tuple[Draft, ...] = ()
    unread: tuple[UnreadableError, ...] = ()
    notes: tuple[str, ...] = field(default=())


def read_file(data: bytes, name: str, seeds: Path, known: Mapping[str, str]) -> Judged:
    """Read and judge a file by its bytes; `seeds` holds the package and the reference lists.

    `known` is what its place says of all its rows. What cannot be read at all is one of `unread`,
    never raised.
    """
    kinds = read_kinds(seeds)
    try:
        sheets, hidden = _sheets(data, kinds.values(), known)
    except UnreadableError as error:
        return Judged(unread=(error,))
    notes = [words.HIDDEN.format(title) for title in hidden]
    reads: list[Read] = []
    for sheet in sheets:
        head = find_head(sheet, kinds.values(), known)
        if head:
            reads.append(Read(sheet, head))
        elif sheet.rows and sheet.name not in words.OWN_SHEETS:
            notes.append(words.NOT_READ.format(sheet.name))
    if not reads:
        return Judged(unread=(UnreadableError("no_table", _first_texts(sheets)),))
    for read in reads:
        notes += [words.LEFT_OUT.format(text) for text in read.head.left_out]
    reference = seeds / "reference"
    known_codes = Known(read_municipalities(reference), read_taakvelden(reference))
    sound = [read for read in reads if not read.head.faults]
    drafts = _judged(sound, name, known_codes)
    if any(fault.rule == "ambiguous" for draft in drafts for fault in draft.faults):
        drafts = _proved(sound, name, known_codes) or drafts
    return Judged(tuple(reads), tuple(drafts), (), tuple(notes))


def _judged(
    reads: Sequence[Read], name: str, known: Known, where_none_says: str = ""
) -> list[Draft]:
    drafts = drafts_of(reads, known.municipalities, where_none_says)
    judge(drafts, name, known)
    return drafts


def _proved(reads: Sequence[Read], name: str, known: Known) -> list[Draft] | None:
    """Read ambiguous numbers in the one way in which the cost tables add up.

    None where they do so in both ways, or in neither.
    """
    found = [_judged(reads, name, known, form) for form in (COMMA, POINT)]
    adding_up = [
        drafts
        for drafts in found
        if not any(fault.rule in ("sum", "ambiguous") for draft in drafts for fault in draft.faults)
    ]
    return adding_up[0] if len(adding_up) == 1 else None


def _sheets(
    data: bytes, kinds: Iterable[Kind], known: Mapping[str, str]
) -> tuple[list[Sheet], list[str]]:
    """Read the sheets of a file and the names of those that are not seen, by its first bytes."""
    if not data.strip():
        raise UnreadableError("empty_file")
    if len(data) > LARGEST_FILE:
        raise UnreadableError("large_file", f"{len(data)} bytes")
    if data.startswith((ZIP, OLD)):
        return read_workbook(data)

    def score(sheet: Sheet) -> int:
        head = find_head(sheet, kinds, known)
        return len(head.columns) if head else 0

    return [read_text_file(data, score)], []


def _first_texts(sheets: Iterable[Sheet]) -> str:
    return next((" | ".join(c.text for c in s.rows[0].cells) for s in sheets if s.rows), "")
