"""The lines of a section of action points, with what stands in the columns of its tables.

A table whose head names actions gives each row its number, title, and what is said of it; where
it prints no numbers its rows are numbered in their order.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from doelenboom.sources.accounts.extraction.document.lines import Line
from doelenboom.sources.accounts.extraction.tables.columns import (
    Column,
    below,
    columns_of,
    each_below,
)
from doelenboom.sources.accounts.extraction.words.patterns import whole
from doelenboom.sources.accounts.extraction.words.texts import squeezed

CODE = r"\d{1,3}[a-z]?|\d{1,2}(?:\.\d{1,2}){1,2}[a-z]?"
_NUMBER = whole(rf"(?P<code>{CODE})\.?")
_NUMBERED = whole(rf"(?P<code>{CODE})[.)]?\s+(?P<title>[^\W\d].*)")
_HEAD_LINES = 8
_SAID = frozenset({"status", "standing", "remark", "outcome"})
_BESIDE = _SAID | {"number", "planning", "theme", "goal"}
"""What may stand beside the title of an action, and what of it is said of the action."""
_CELL_NUMBER = whole(r"\d{1,3}[a-z]?\.?")


@dataclass(frozen=True)
class ActionRow:
    """A line as one text, `4. Title` where a table numbers it, and what its other columns say.

    `by_order` tells that the number is not printed.
    """

    line: int
    text: str
    said: str = ""
    by_order: bool = False


def action_rows(section: Sequence[Line]) -> Iterator[ActionRow]:
    """Yield the lines of the section, rows of a table of actions with their title alone."""
    columns: tuple[Column, ...] = ()
    stacked = False
    count = 0
    number: tuple[int, str] | None = None
    for n, line in enumerate(section):
        text = squeezed(line.text)
        holds = [column.holds for column in columns_of(line.cells)]
        if "action" in holds and sum(each in _BESIDE for each in holds) + holds.count("action") > 1:
            columns, count = columns_of(line.cells), 0
            yield ActionRow(line.number, text)
        elif columns and sum(map(bool, line.cells)) > 1:
            count += 1
            yield _row(line, columns, count)
        elif number and text:
            yield ActionRow(number[0], f"{number[1]}. {text}")
            number, count = None, count + 1
        elif stacked and text == str(count + 1):
            number = (line.number, text)
        elif not number:
            stacked = stacked or _is_head_on_lines(section[n : n + _HEAD_LINES])
            yield ActionRow(line.number, _numbered(line))


def _row(line: Line, columns: Sequence[Column], count: int) -> ActionRow:
    title = squeezed(below(columns, line, "action"))
    match = _NUMBERED.fullmatch(title)
    number = _NUMBER.fullmatch(squeezed(below(columns, line, "number")))
    code = number["code"] if number else match["code"] if match else ""
    said = ". ".join(
        squeezed(cell).rstrip(".") for cell in each_below(columns, line, _SAID) if cell
    )
    title = match["title"] if match and not number else title
    return ActionRow(line.number, f"{code or count}. {title}", said, by_order=not code)


def _is_head_on_lines(lines: Sequence[Line]) -> bool:
    """Say whether a head of numbers and titles begins here, each on its own line."""
    texts = (squeezed(line.text) for line in lines)
    heads = columns_of(list(islice(filter(None, texts), 2)))
    return [column.holds for column in heads] == ["number", "action"]


def _numbered(line: Line) -> str:
    """Return the text of a line; a number in a cell of its own gets the dot it needs."""
    cells = [cell for cell in line.cells if cell]
    if len(cells) > 1 and _CELL_NUMBER.fullmatch(cells[0]):
        return f"{cells[0].rstrip('.')}. {squeezed(' '.join(cells[1:]))}"
    return squeezed(line.text)
