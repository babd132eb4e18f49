"""The unit of a table: how many thousands of euro one is, as printed nearest to it.

Its own head first, then the lines above it, then a line that speaks of all amounts of the chapter,
then the line below it. Where none is printed the amounts decide, and it is said to be a guess.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from doelenboom.sources.accounts.extraction.document.lines import Line
from doelenboom.sources.accounts.extraction.numbers.printed import SCALE, Printed
from doelenboom.sources.accounts.extraction.numbers.runs import number_run
from doelenboom.sources.accounts.extraction.tables.head_rows import column_heads
from doelenboom.sources.accounts.extraction.words.patterns import anywhere
from doelenboom.sources.accounts.extraction.words.vocabulary import OF_ALL, UNITS

LONGEST_LINE = 200
LONGEST_BARE = 60
"""Characters of a line that is a unit without the word `bedragen` or brackets around it."""

_ABOVE = 6
_NAMED = anywhere(r"edrag|[(]")
_COMMA = anywhere(r"^[^.]*\d,\d{3}\b")
MILLION = 1_000 * SCALE
PERHAPS_EURO, CERTAINLY_EURO = 1_000_000 * SCALE, 10_000_000 * SCALE
"""No municipality has thousands of euro in eight figures, and hardly any in seven."""


CANDIDATES = ("1 euro", "1.000 euro", "1 miljoen euro")


@dataclass(frozen=True)
class Unit:
    """Thousands of euro per printed unit; whether it is printed; why it may be another one.

    A table with a `doubt` keeps its figures to itself.
    """

    factor: Decimal = Decimal(1)
    printed: bool = False
    doubt: str = ""

    @property
    def problem(self) -> str:
        """What a person must know of it: that it is in doubt, or taken from the amounts."""
        taken = "duizenden euro's" if self.factor == 1 else "euro's, gezien de bedragen"
        return self.doubt or (
            "" if self.printed else f"Geen eenheid gevonden; gelezen als {taken}."
        )


def units_in(text: str) -> list[Decimal]:
    """Return the units that a text names, each once; where two overlap the larger one."""
    found: list[tuple[int, int, Decimal]] = []
    for factor, pattern in UNITS:
        for match in pattern.finditer(text):
            if all(match.end() <= start or end <= match.start() for start, end, _ in found):
                found.append((match.start(), match.end(), Decimal(factor)))
    return list(dict.fromkeys(factor for _, _, factor in found))


def unit_of(
    lines: Sequence[Line], head: Sequence[Line], place: int, after: int, amounts: Iterable[Printed]
) -> Unit:
    """Return the unit of the table between two places, with this head and these amounts."""
    nearest = (texts for texts in _nearest(lines, head, place, after) if _named(texts))
    texts = next(nearest, [])
    said = _named(texts)
    cells = [cell for cell in amounts if cell.value]
    most = max((abs(cell.value or 0) for cell in cells), default=0)
    if len(said) > 1:
        return Unit(doubt="Meer dan één eenheid genoemd; niet overgenomen.")
    if not said:
        return _with_comma(_guessed(most), cells)
    if all(map(_is_open, filter(units_in, texts))):
        return Unit(doubt="De eenheid is afgebroken; niet overgenomen.")
    unit = Unit(said[0], printed=True)
    limit = {Decimal(1000): MILLION, Decimal(1): CERTAINLY_EURO}.get(unit.factor)
    if limit and most >= limit:
        return replace(unit, doubt="De bedragen zijn te groot voor de eenheid; niet overgenomen.")
    return _with_comma(unit, cells)


def _guessed(most: int) -> Unit:
    if PERHAPS_EURO <= most < CERTAINLY_EURO:
        doubt = "Geen eenheid gevonden; euro's of duizenden euro's, dus niet overgenomen."
        return Unit(doubt=doubt)
    return Unit(Decimal("0.001") if most >= CERTAINLY_EURO else Decimal(1))


def _with_comma(unit: Unit, cells: Sequence[Printed]) -> Unit:
    """Doubt three decimals, which may as well be thousands, where they are not of millions."""
    comma = [cell for cell in cells if _COMMA.search(cell.text)]
    if comma and (unit.factor != 1000 or len(comma) < len(cells)):  # noqa: PLR2004
        doubt = "Een komma kan hier duizendtallen of decimalen scheiden; niet overgenomen."
        return replace(unit, doubt=doubt)
    return unit


def _nearest(
    lines: Sequence[Line], head: Sequence[Line], place: int, after: int
) -> Iterator[list[str]]:
    """Yield the texts in which the unit may stand, the nearest to the table first."""
    yield [*_of_head(head), *column_heads([line.cells for line in head], spread=False)]
    above = [line for line in reversed(lines[:place]) if line.text.strip()][:_ABOVE]
    for line in above:
        if number_run(line.text)[1].count(" ") > 1 and not units_in(line.text):
            break  # figures of another table
        yield _stated(line)
    yield [text for line in lines[:place] for text in _stated(line) if OF_ALL.search(text)]
    below = next((line for line in lines[after:] if line.text.strip()), None)
    yield _stated(below) if below and not below.cells else []


def _of_head(head: Sequence[Line]) -> Iterator[str]:
    """Yield the texts of a head, those whole that are broken over lines: `(bedragen x €`, `1.000)`.

    What is broken goes on below, in its own column.
    """
    open_texts: dict[int, str] = {}
    for line in head:
        for column, text in enumerate(line.cells or (line.text,)):
            whole = f"{open_texts.pop(column, '')} {text}".strip()
            if _is_open(whole):
                open_texts[column] = whole
            else:
                yield whole
    yield from open_texts.values()


def _is_open(text: str) -> bool:
    return text.count("(") > text.count(")")


def _stated(line: Line) -> list[str]:
    """Return the text of a line that may state a unit, rather than speak of an amount."""
    text = line.text
    short = len(text) <= LONGEST_BARE or (len(text) <= LONGEST_LINE and _NAMED.search(text))
    return [text] if short else []


def _named(texts: Iterable[str]) -> list[Decimal]:
    return list(dict.fromkeys(unit for text in texts for unit in units_in(text)))
