"""What looks like a cost table and was not read, so that it is said and not passed over.

Decides nothing about a figure; a line that a table took is none of this module's business.
"""

from collections.abc import Collection, Iterator, Sequence
from itertools import groupby

from doelenboom.sources.accounts.extraction.document.lines import Issue, Line
from doelenboom.sources.accounts.extraction.numbers.printed import read_cell
from doelenboom.sources.accounts.extraction.numbers.runs import FUSED, number_run
from doelenboom.sources.accounts.extraction.tables.heads import (
    YEAR,
    flows_in,
    is_phase,
    names_column,
    phases_in,
)
from doelenboom.sources.accounts.extraction.words.patterns import anywhere
from doelenboom.sources.accounts.extraction.words.rows import kind_of
from doelenboom.sources.accounts.extraction.words.texts import A_YEAR, DIGIT, shortened

LONGEST_HEAD = 24
LONGEST_CELL = 90
FEWEST_FIGURES = 4
NEAR = 6
"""Lines from a row of costs, or the end of a table, on that tell whether there is one."""
_TWO_PAIRS = 4
_APART = anywhere(r"\s{2,}")
OTHER_TABLES = ("indicators", "statutory", "tree", "actions")


def unread_tables(
    lines: Sequence[Line], taken: Collection[int], sections: Sequence[str]
) -> Iterator[Issue]:
    """Yield an issue for each table of budgets and actuals, or rest of one, not taken yet."""
    short = [
        line
        for line, section in zip(lines, sections, strict=True)
        if line.text.strip() and section not in OTHER_TABLES
    ]
    place = 0
    while place < len(short):
        line = short[place]
        rest = line.number - 1 in taken or (place and short[place - 1].number in taken)
        if line.number in taken:
            place += 1
            continue
        if rest and _figures(short, place, NEAR, taken) >= FEWEST_FIGURES:
            body, problem = place, "De tabel hierboven gaat verder; deze bedragen zijn niet gelezen"
        elif body := _head(short, place, taken):
            problem = "Kolommen van begroting en rekening; de tabel eronder is niet gelezen"
        elif body := _flow_heads(short, place, taken):
            problem = "Kolommen van lasten en baten; geen kop zegt of het begroting of rekening is"
        elif _is_row(line) and any(map(_is_row, short[place + 1 : place + 1 + NEAR])):
            body, problem = place, _why(short[max(place - 1, 0)])
        elif _has_one_amount(short, place):
            body, problem = place + 1, "Geen kop zegt van welke fase of stroom deze bedragen zijn"
        else:
            place += 1
            continue
        place = max(_after_figures(short, body, taken), body + 1)
        last = short[place - 1].number
        problem = f"{problem} (regels {line.number} t/m {last})."
        yield Issue(line.number, "unread_table", shortened(line.text), problem)


def silent_tables(lines: Sequence[Line], known: Collection[int]) -> Iterator[Issue]:
    """Yield an issue for each table of amounts of which no line is `known`: read, or told of."""
    for cells, group in groupby(lines, key=lambda line: (bool(line.cells), line.table)):
        table = list(group)
        first, last = table[0].number, table[-1].number
        rows = sum(map(_is_row_of_amounts, table))
        if cells[0] and rows > 1 and not any(first <= number <= last for number in known):
            problem = (
                f"Een tabel met bedragen die bij geen onderdeel hoort (regels {first} t/m {last})."
            )
            yield Issue(first, "unread_table", shortened(table[0].text), problem)


def _is_row_of_amounts(line: Line) -> bool:
    """Say whether a row has several amounts, or one beside a phase or a flow."""
    amounts = sum(map(_is_amount, line.cells[1:]))
    return amounts > 1 or (amounts == 1 and names_column(line.cells[0]))


def loose_amounts(lines: Sequence[Line]) -> Iterator[Issue]:
    """Yield an issue for lines of text with amounts below each other, of which nothing is known."""
    short = [line for line in lines if line.text.strip()]
    for place, line in enumerate(short):
        if _amounts(line.text) and _figures(short, place, LONGEST_HEAD, ()) >= 2 * FEWEST_FIGURES:
            last = short[_after_figures(short, place, ()) - 1].number
            problem = f"Bedragen die bij geen onderdeel horen (regels {line.number} t/m {last})."
            yield Issue(line.number, "unread_table", shortened(line.text), problem)
            return


def _is_row(line: Line) -> bool:
    """Say whether a line is a row of costs, revenue or a balance with several amounts."""
    label = next(filter(None, line.cells), "") or number_run(line.text)[0]
    several = _amounts(line.text) > 1 or sum(map(_is_amount, line.cells[1:])) > 1
    return several and bool(kind_of(label).flow)


def _has_one_amount(lines: Sequence[Line], place: int) -> bool:
    """Say whether a flow or a phase, and then another, have one amount each, beside or below it."""
    parts = [
        part.strip()
        for line in lines[place : place + 4]
        for part in ([] if line.cells else _APART.split(line.text.strip()))
    ]
    return len(parts) >= _TWO_PAIRS and all(
        _is_amount(parts[n + 1]) and _names_one(parts[n]) for n in (0, 2)
    )


def _names_one(text: str) -> bool:
    kind = kind_of(text)
    return bool(kind.flow and not kind.item) or is_phase(text)


def _is_amount(cell: str) -> bool:
    return bool(DIGIT.search(cell) and read_cell(cell) and not A_YEAR.fullmatch(cell))


def _why(head: Line) -> str:
    """Say why the rows below a head are not read."""
    words = [cell for cell in head.cells or head.text.split() if DIGIT.search(cell)]
    if phases_in(head.text):
        return "De kolommen zeggen niet zeker wat zij zijn; rijen van lasten en baten niet gelezen"
    if len(words) > 1 and all(map(A_YEAR.fullmatch, words)):
        return "De koppen zijn alleen jaren, niet of het begroting of rekening is; niet gelezen"
    return "Geen kop noemt begroting of rekening; rijen van lasten en baten niet gelezen"


def _head(lines: Sequence[Line], place: int, taken: Collection[int]) -> int:
    """Return the place of the first figures below heads that begin at a place; 0 where none do."""
    if not phases_in(lines[place].text):
        return 0
    found: list[str] = []
    years: set[str] = set()
    for at in range(place, min(place + LONGEST_HEAD, len(lines))):
        text = lines[at].text
        if lines[at].number in taken or len(text) > 2 * LONGEST_CELL or text.endswith("."):
            return 0
        if _amounts(text):
            several = len(set(found)) > 1 or (len(found) > 1 and len(years) > 1)
            return at if several and _figures(lines, at, 6, taken) >= FEWEST_FIGURES else 0
        found += phases_in(text)
        years.update(YEAR.findall(text))
    return 0


def _flow_heads(lines: Sequence[Line], place: int, taken: Collection[int]) -> int:
    """Return the place of the figures below heads of costs and revenue on a line, or on a few."""
    flows: list[str] = []
    at = place
    while at < len(lines) and (named := _flows_only(lines[at])):
        flows += named
        at += 1
    several = len(set(flows)) > 1 and not any(line.number in taken for line in lines[place:at])
    return at if several and _figures(lines, at, LONGEST_HEAD // 2, taken) >= FEWEST_FIGURES else 0


def _flows_only(line: Line) -> list[str]:
    """Return the flows that a line names which has several, or no other words."""
    if line.cells:
        found = [names[0] for cell in line.cells[1:] if len(names := flows_in(cell)) == 1]
        return found if len(found) > 1 else []
    words = line.text.split()
    found = flows_in(line.text)
    return found if len(words) <= LONGEST_HEAD and len(found) == len(words) else []


def _figures(lines: Sequence[Line], place: int, most: int, taken: Collection[int]) -> int:
    """Count the amounts on some lines from a place on."""
    near = lines[place : place + most]
    return sum(_amounts(line.text) for line in near if line.number not in taken)


def _amounts(text: str) -> int:
    """Count the amounts at the end of a line, where it holds several or nothing else."""
    label, run = number_run(text.strip()) if len(text) <= 2 * LONGEST_CELL else (text, "")
    words = [word for word in run.split() if DIGIT.search(word)]
    words = FUSED.findall(run) if len(words) == 1 and label.strip() else words
    alone = not label.strip() and not A_YEAR.fullmatch(run)
    return len(words) if len(words) > 1 or alone else 0


def _after_figures(lines: Sequence[Line], place: int, taken: Collection[int]) -> int:
    """Return the place behind figures and the labels between them."""
    while place < len(lines) and _figures(lines, place, 4, taken):
        place += 1
    return place
