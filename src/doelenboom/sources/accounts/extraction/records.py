"""Tables of which every cell stands on a line of its own: gathered into rows of cells again.

The heads say how many cells a row has, and names that are known where each row begins. A row of
another length is not guessed at: it is told.
"""

import itertools
import re
from collections.abc import Callable, Sequence

from doelenboom.sources.accounts.extraction.lines import Issue, Line, shortened, squeezed
from doelenboom.sources.accounts.extraction.vocabulary import section_of

_HEAD = re.compile(
    r"(?:nr|nummer|taakveld|beleidsveld|eenheid|meetbaar resultaat|omschrijving|beschrijving"
    r"|(?P<name>(?:naam |verplichte )?(?:beleids|bbv)?[- ]?indicator(?:en)?)|periode|(?:peil)?jaar"
    r"|waarde|score|actueel|werkelijk|realisatie|bron|toelichting|nederland"
    r"|(?:begroting )?20\d\d)\W*",
    re.IGNORECASE,
)
_FEWEST_HEADS = 3


def gather(lines: Sequence[Line], is_name: Callable[[str], bool]) -> tuple[list[Line], list[Issue]]:
    """Return the rows with their heads, as lines with cells, and an issue for each odd one."""
    cells = [line for line in lines if line.text.strip() and not line.cells]
    rows: list[Line] = []
    issues: list[Issue] = []
    start = 0
    while start < len(cells):
        heads = _heads(cells[start:])
        if not heads:
            start += 1
            continue
        rows.append(_row(heads))
        body = _until_heading(cells[start + len(heads) :])
        found, odd = _rows(body, heads, is_name)
        rows += found
        issues += odd
        start += len(heads) + len(body)
    return rows, issues


def _heads(cells: Sequence[Line]) -> list[Line]:
    """Return the heads that the cells begin with; none where they are no heads of indicators."""
    heads = []
    for cell in cells:
        if section_of(cell.text) or not _HEAD.fullmatch(squeezed(cell.text)):
            break
        heads.append(cell)
    named = any(_is_name_head(head) for head in heads)
    return heads if named and len(heads) >= _FEWEST_HEADS else []


def _is_name_head(cell: Line) -> bool:
    match = _HEAD.fullmatch(squeezed(cell.text))
    return bool(match and match["name"])


def _until_heading(cells: Sequence[Line]) -> Sequence[Line]:
    """Return the cells above the next heads or the heading of another section."""
    for place, cell in enumerate(cells):
        if section_of(cell.text) or _heads(cells[place:]):
            return cells[:place]
    return cells


def _rows(
    body: Sequence[Line], heads: Sequence[Line], is_name: Callable[[str], bool]
) -> tuple[list[Line], list[Issue]]:
    before = next(place for place, head in enumerate(heads) if _is_name_head(head))
    starts = [
        place - before
        for place, cell in enumerate(body)
        if place >= before and is_name(squeezed(cell.text))
    ]
    rows, issues = [], []
    for start, end in _spans(starts, len(heads), len(body)):
        row = body[start:end]
        if len(row) == len(heads):
            rows.append(_row(row))
        else:
            problem = (
                f"Hier staan {len(row)} cellen onder elkaar, de kop heeft er {len(heads)};"
                " niet overgenomen."
            )
            text = shortened(" | ".join(cell.text for cell in row))
            issues.append(Issue(row[0].number, "statutory", text, problem))
    return rows, issues


def _spans(starts: Sequence[int], length: int, end: int) -> list[tuple[int, int]]:
    """Divide the cells in rows: where known names stand a whole number of rows apart, evenly."""
    cuts = {0, end, *starts}
    if starts and all((start - starts[0]) % length == 0 for start in starts):
        cuts |= set(range(starts[0] % length, end, length))
    elif starts:
        cuts |= {min(starts[-1] + length, end)}
    ordered = sorted(cuts)
    return list(itertools.pairwise(ordered))


def _row(cells: Sequence[Line]) -> Line:
    texts = tuple(squeezed(cell.text) for cell in cells)
    return Line(cells[0].number, " ".join(texts), texts)
