"""What a cell says, as the package writes it: ISO numbers and dates, codes, text as it stands.

A cell that can be read in two ways is refused, never guessed. Rules between cells live elsewhere.
"""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal

from frictionless import Field

from doelenboom.sources.accounts.extraction.words.vocabulary import ROW_SIDES
from doelenboom.sources.inbox.tables.grid import Cell
from doelenboom.sources.inbox.tables.kinds import KEUR, Kind, plain
from doelenboom.sources.inbox.tables.limits import LONGEST_TEXT
from doelenboom.sources.inbox.tables.numbers import Written, iso, written
from doelenboom.sources.inbox.tables.words import NO, YES

_OWN_PREFIX = "own_"
_CODE = "_code"
_EPOCH = date(1899, 12, 30)
_FIRST_SERIAL, _LAST_SERIAL = 61, 2_958_465
"""Days since the epoch of Excel that are days: it counts those before March 1900 wrong."""

_DAYS = ("%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y")


class CellFaultError(Exception):
    """A cell that is refused, by the rule of `words` that it breaks."""

    def __init__(self, rule: str) -> None:
        super().__init__(rule)
        self.rule = rule


Votes = Sequence[Collection[str]]
"""How the unambiguous numbers of a column, then of its file, are written."""


def canonical(cell: Cell, field: Field, kind: Kind, unit: Decimal | None, votes: Votes) -> str:
    """Write a cell as the package has it; nothing for an empty one.

    `unit` is thousands of euro per unit, of an amount. Raises `CellFaultError`.
    """
    if cell.fault:
        raise CellFaultError(cell.fault)
    if cell.value is None:
        return ""
    match field.type:
        case "number":
            return _number(cell, field, unit or Decimal(1), votes)
        case "integer":
            return _integer(cell)
        case "boolean":
            return _boolean(cell)
        case "date":
            return _date(cell)
        case _:
            return _text(cell, field, kind)


def number_in(cell: Cell) -> Written | None:
    """Read a text as a number; None for what is none, or is a number already."""
    if not isinstance(cell.value, str):
        return None
    return written(cell.value.removesuffix("%"))


def _number(cell: Cell, field: Field, unit: Decimal, votes: Votes) -> str:
    is_percentage = cell.is_percentage or cell.text.endswith("%")
    if is_percentage and field.name.endswith(KEUR):
        raise CellFaultError("percentage")
    if isinstance(cell.value, Decimal):
        return iso(cell.value * unit)
    found = number_in(cell)
    if found is None:
        raise CellFaultError("formula_text" if cell.text.startswith("=") else "type")
    value = found.value(*votes)
    if value is None:
        raise CellFaultError("ambiguous")
    return iso(value * unit)


def _integer(cell: Cell) -> str:
    if isinstance(cell.value, Decimal) and not cell.is_percentage:
        return iso(cell.value)
    text = cell.text.removesuffix(".0")
    if isinstance(cell.value, str) and text.isascii() and text.removeprefix("-").isdigit():
        return text
    raise CellFaultError("type")


def _boolean(cell: Cell) -> str:
    if isinstance(cell.value, bool):
        return "true" if cell.value else "false"
    word = cell.text.casefold()
    if word in YES or word in NO:
        return "true" if word in YES else "false"
    raise CellFaultError("type")


def _date(cell: Cell) -> str:
    match cell.value:
        case bool():
            raise CellFaultError("type")
        case date():
            return cell.value.isoformat()
        case Decimal():
            return _serial(cell.value)
        case str() as text if text.isascii() and text.isdigit():
            return _serial(Decimal(text))
        case _:
            return _written_day(cell.text)


def _serial(number: Decimal) -> str:
    if number != number.to_integral_value() or not _FIRST_SERIAL <= number <= _LAST_SERIAL:
        raise CellFaultError("type")
    return (_EPOCH + timedelta(days=int(number))).isoformat()


def _written_day(text: str) -> str:
    """Read a day as the Dutch write it; one with slashes that could be American is refused."""
    try:
        return (
            date.fromisoformat(text).isoformat() if len(text) == len("2018-12-31") else _dutch(text)
        )
    except ValueError:
        return _dutch(text)


def _dutch(text: str) -> str:
    for form in _DAYS:
        try:
            day = datetime.strptime(text, form).date()
        except ValueError:
            continue
        if "/" in form and day.day != day.month and day.day <= 12:  # noqa: PLR2004
            raise CellFaultError("ambiguous_date")
        return day.isoformat()
    raise CellFaultError("type")


def _text(cell: Cell, field: Field, kind: Kind) -> str:
    if isinstance(cell.value, bool):
        raise CellFaultError("truth_in_text")
    if isinstance(cell.value, date):
        if field.name.endswith(_CODE) or "enum" in field.constraints:
            raise CellFaultError("date_in_text")
        return f"{cell.value:%d-%m-%Y}"
    text = cell.text
    if text.startswith("="):
        raise CellFaultError("formula_text")
    if len(text) > LONGEST_TEXT:
        raise CellFaultError("long_text")
    if "enum" in field.constraints:
        return _code(text, field, kind)
    if field.name == "indicator_code" and kind.name == "indicators" and "_" not in text:
        return _OWN_PREFIX + text
    return text


def _code(text: str, field: Field, kind: Kind) -> str:
    """Give a code by itself or by its Dutch word."""
    if text in field.constraints["enum"]:
        return text
    word = plain(text)
    if field.name == "flow":
        word = plain(ROW_SIDES.get(text.casefold(), text))
    found = {code for code, label in kind.choices(field.name).items() if plain(label) == word}
    if len(found) != 1:
        raise CellFaultError("type")
    return found.pop()
