"""Changes of a layout's table that a page may have, and what it holds after them.

Cells are moved, merged and emptied; amounts, signs, sides, units, years and notes are altered. Of
each figure is known what may be read without a word: what is printed now, or nothing.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import zip_longest

from hypothesis import strategies as st
from lxml import html

from tests.unit.sources.accounts.extraction.layouts import FOLDER, Cell, places_of, truth_of

YEAR = 2018
_DIGITS = re.compile(r"\d")
_AMOUNT = re.compile(r"[-\u2212]?(?:\d{1,3}(?:[.\u2009]\d{3})+|\d+)(?:,\d+|\.\d{1,2}(?!\d))?")
_THOUSANDS = re.compile(r"[.\u2009](?=\d{3})")
_UNIT = re.compile(r"x ?(?:€ ?)?1\.000(?:,-| euro)?|in € 1\.000|in duizenden euro's|in euro's")
_SCORED = re.compile(
    r"(?:(?:(?:cijfer )?(?:jaar)?rekening|realisatie|werkelijk) ?)?(20\d\d)", re.IGNORECASE
)
"""Heads of scores with their year."""

_NOTES = ("<sup>1</sup>", "<sup>2)</sup>", "*", " 1)", "²")
_UNITS = (("in euro's", "0.001"), ("x € 1", "0.001"), ("x € 1 mln.", "1000"), ("", "1"))
_OTHER_HEADS = {
    "Realisatie": "Prognose", "Rekening": "Verwachte rekening", "werkelijk": "verwacht",
    "Verschil": "Nog te doen", "Jaarrekening": "Prognose",
}  # fmt: skip


@dataclass
class Page:
    """A layout as it is changed: its page, its cells by place, and what each figure may be."""

    document: html.HtmlElement
    cells: dict[str, html.HtmlElement]
    keys: dict[html.HtmlElement, list[Cell]]
    truth: dict[Cell, Decimal]
    factor: Decimal | None = Decimal(1)
    of_year: dict[tuple[str, str, int], set[Decimal]] = field(
        default_factory=lambda: defaultdict(set)
    )

    either: set[Cell] = field(default_factory=set)
    """Amounts of which the sign was turned, but for balances of reserves: others say what it is."""

    shifted: set[html.HtmlElement] = field(default_factory=set)
    merged: dict[html.HtmlElement, list[Cell]] = field(default_factory=lambda: defaultdict(list))
    """What stands in a cell beside its own figures: those of the cell that it was made one with."""

    beside: dict[Cell, Decimal] = field(default_factory=dict)
    """What stands in the column of a figure as well, as printed: a copy, or what moved there."""

    rows: dict[Cell, html.HtmlElement] = field(default_factory=dict)
    """The row of each statutory indicator."""

    again: dict[html.HtmlElement, dict[Cell, Decimal]] = field(default_factory=dict)
    """Figures by the cells of totals that print them again, in the same column."""

    @property
    def of_one_cell(self) -> set[Cell]:
        """Figures of which a cell holds two: of each nobody says under which head it stands."""
        return {key for cell, keys in self.merged.items() for key in (*self.keys[cell], *keys)}

    @property
    def text(self) -> str:
        return str(html.tostring(self.document, encoding="unicode"))

    def allows(self, key: Cell, value: Decimal) -> bool:
        """Say whether a figure may be read as this without a word."""
        right = {self.truth[key]} if key in self.truth else set()
        right |= {-each for each in right} if key in self.either else set()
        right |= self.printed_beside(key)
        right |= {figures[key] for figures in self.again.values() if key in figures}
        if key in self.rows:
            right |= {_number(_text(cell)) or Decimal(0) for cell in _scores(self.rows[key])}
        table, item, flow, column = key
        if table in ("programme_finance", "budget_years"):
            year = YEAR if table == "programme_finance" else int(column.split()[0])
            right |= self.of_year.get((item, flow, year), set())
        return self.factor is not None and value in {each * self.factor for each in right}

    def printed_beside(self, key: Cell) -> set[Decimal]:
        """Return what else stands in the column of a figure may be: of either sign and unit."""
        printed = [self.beside[key]] if key in self.beside else []
        units = (Decimal(1), Decimal("0.001"))
        return {sign * each * unit for each in printed for sign in (1, -1) for unit in units}

    def forget(self, key: Cell) -> None:
        """Let a figure be none that may be read: it is not printed any more, or not for sure."""
        self.truth.pop(key, None)


def page_of(layout: str) -> Page:
    """Return a layout as it is."""
    document = html.document_fromstring((FOLDER / f"{layout}.html").read_text("utf-8"))
    cells = {
        f"{t}.{r}.{c}": cell
        for t, table in enumerate(document.iter("table"), 1)
        for r, row in enumerate(table.iter("tr"), 1)
        for c, cell in enumerate(row, 1)
    }
    keys: dict[html.HtmlElement, list[Cell]] = defaultdict(list)
    for key, place in places_of(layout).items():
        keys[cells[place]].append(key)
    rows = {
        key: cell.getparent()
        for cell, of in keys.items()
        for key in of
        if key[0] == "statutory_indicators"
    }
    truth = truth_of(layout)
    return Page(document, cells, keys, truth, rows=rows, again=_again(cells, keys, truth))


def _again(
    cells: Mapping[str, html.HtmlElement],
    keys: Mapping[html.HtmlElement, Sequence[Cell]],
    truth: Mapping[Cell, Decimal],
) -> dict[html.HtmlElement, dict[Cell, Decimal]]:
    """Find the figures that a row of totals without any prints once more in their column."""
    printed: dict[tuple[str, str], dict[Cell, Decimal]] = defaultdict(dict)
    for place, cell in cells.items():
        of_cell = {key: truth[key] for key in keys.get(cell, ()) if key in truth}
        printed[place.rpartition(".")[2], _text(cell)].update(of_cell)
    return {
        cell: found
        for place, cell in cells.items()
        if not keys.get(cell) and "totaal" in _text(cell.getparent()[0]).lower()
        if (found := printed[place.rpartition(".")[2], _text(cell)]) and _number(_text(cell))
    }


def _scores(row: html.HtmlElement) -> list[html.HtmlElement]:
    """Return the cells of a row below the year of the page, or one before: its latest is taken."""
    table = next(row.iterancestors("table"), None)
    grid = {} if table is None else _columns(table)
    scored = [
        grid[each]
        for each in grid
        if (head := _SCORED.fullmatch(_text(each))) and int(head[1]) <= YEAR
    ]
    return [each for each in row if grid.get(each) in scored]


@dataclass(frozen=True)
class Change:
    """One change: its kind, where, and which of its ways."""

    kind: str
    place: int
    way: int

    def apply(self, page: Page) -> None:
        KINDS[self.kind](page, self.place, self.way)


def _amounts(page: Page) -> list[html.HtmlElement]:
    """Return the cells that hold an amount of the truth."""
    return [
        cell
        for cell, keys in page.keys.items()
        if cell.getparent() is not None and any(key in page.truth for key in keys)
    ]


def _one(cells: Sequence[html.HtmlElement], place: int) -> html.HtmlElement | None:
    return cells[place % len(cells)] if cells else None


def _text(cell: html.HtmlElement) -> str:
    return re.sub(r"[ \t\r\n\xa0]+", " ", str(cell.text_content())).strip()


def _write(cell: html.HtmlElement, text: str) -> None:
    """Put a text in a cell, which may have markup."""
    for part in list(cell):
        cell.remove(part)
    parsed = html.fragment_fromstring(text, create_parent="i") if text else None
    cell.text = parsed.text if parsed is not None else None
    for part in list(parsed) if parsed is not None else []:
        cell.append(part)


def _number(text: str) -> Decimal | None:
    """Return the amount of a cell as printed, with its minus before or behind it."""
    match = _AMOUNT.search(text)
    if match is None:
        return None
    value = Decimal(_THOUSANDS.sub("", match[0]).replace(",", ".").replace("\u2212", "-"))
    behind = text[match.end() :].strip().startswith("-") or text.strip().startswith("- ")
    return -abs(value) if behind else value


def _rescale(page: Page, cell: html.HtmlElement, before: Decimal, after: Decimal) -> None:
    """Give the figures of a cell what they are by another printed amount."""
    for key in page.keys[cell]:
        if key in page.truth:
            page.truth[key] = page.truth[key] * after / before if before else after
            if not before:  # of nil nobody knows the sign and the unit
                page.beside[key] = abs(after)


_ROUNDED = Decimal(3)
"""So many of the last figures may be rounding, where a sum has some rows."""


def _digit(page: Page, place: int, way: int) -> None:
    cell = _one(_amounts(page), place)
    text = _text(cell) if cell is not None else ""
    before, places = _number(text), [match.start() for match in _DIGITS.finditer(text)]
    if cell is None or before is None or not places:
        return
    at = places[way % len(places)]
    digit = str((int(text[at]) + 1 + way % 8) % 10)
    first = at == 0 or not text[at - 1].isdigit()
    text = text[:at] + (digit if digit != "0" or not first else "7") + text[at + 1 :]
    _write(cell, text)
    after = _number(text) or Decimal(0)
    if abs(after - before) <= _ROUNDED.scaleb(int(before.as_tuple().exponent)):
        page.beside |= {key: abs(after) for key in page.keys[cell]}
    _rescale(page, cell, before, after)


def _sign(page: Page, place: int, _way: int) -> None:
    cell = _one(_amounts(page), place)
    text = _text(cell) if cell is not None else ""
    if cell is None or not (_number(text) or 0):
        return
    if re.search(r"\b[NV]\b", text):
        text = re.sub(r"\b[NV]\b", lambda side: "V" if side[0] == "N" else "N", text)
    elif text.startswith("-"):
        text = text.lstrip("- ")
    elif text.endswith("-"):
        text = text.rstrip("- ")
    else:
        text = f"-{text}"
    _write(cell, text)
    turned = (key for key in page.keys[cell] if key[0] != "reserves" or "withdrawn" in key[3])
    page.either.update(turned)
    _rescale(page, cell, Decimal(1), Decimal(-1))


def _empty(page: Page, place: int, way: int) -> None:
    """Empty a cell: beside one with the same amount, text does not tell which of them is left."""
    cell = _one(_amounts(page), place)
    if cell is not None:
        number, near = _number(_text(cell)), (cell.getprevious(), cell.getnext())
        again = any(each is not None and _number(_text(each)) == number for each in near)
        _write(cell, ("", "-", "n.b.")[way % 3])
        for key in page.keys[cell]:
            page.forget(key)
            if again and number is not None:
                page.beside[key] = abs(number)
            if way % 3 == 1:
                page.truth[key] = Decimal(0)


def _note(page: Page, place: int, way: int) -> None:
    cell = _one(_amounts(page), place)
    if cell is not None and not re.search("[NV%]", _text(cell)):
        notes = _NOTES[2:] if page.keys[cell][0][0] == "statutory_indicators" else _NOTES
        _write(cell, _text(cell) + notes[way % len(notes)])


def _swap(page: Page, place: int, _way: int) -> None:
    """Let two amounts beside each other change places: each is what stands in its column.

    The difference of a budget and an actual that do so is one on the other side.
    """
    cells = _amounts(page)
    cell = _one([each for each in cells if each.getnext() in cells], place)
    if cell is None:
        return
    other = cell.getnext()
    texts, numbers = (_text(cell), _text(other)), (_number(_text(cell)), _number(_text(other)))
    if None in numbers or 0 in numbers:
        return
    rows = {key[:3] for each in (cell, other) for key in page.keys[each]}
    page.either.update(key for key in page.truth if key[:3] in rows and key[3] == "variance_keur")
    _write(cell, texts[1])
    _write(other, texts[0])
    _rescale(page, cell, numbers[0] or Decimal(1), numbers[1] or Decimal(1))
    _rescale(page, other, numbers[1] or Decimal(1), numbers[0] or Decimal(1))


def _merge(page: Page, place: int, way: int) -> None:
    """Let two cells beside each other be one, of which nobody says whose amounts it holds."""
    cells = _amounts(page)
    cell = _one([each for each in cells if each.getnext() in cells], place)
    if cell is None:
        return
    other = cell.getnext()
    _write(cell, f"{_text(cell)} {_text(other)}")
    if way % 2:
        cell.set("colspan", "2")
    else:
        _write(other, "")
        return
    other.getparent().remove(other)
    page.merged[cell] += page.keys[other]


def _shift(page: Page, place: int, _way: int) -> None:
    """Take out a cell: those behind it stand a column further to the left, or where they belong."""
    cell = _one(_amounts(page), place)
    if cell is None:
        return
    behind = [cell, *cell.itersiblings()]
    for each, following in zip_longest(behind, behind[1:]):
        text = _text(following) if following is not None else ""
        page.shifted.add(each)
        number = Decimal(0) if text == "-" else _number(text)
        for key in page.keys[each]:
            if number is not None:
                page.beside[key] = abs(number)
            if each is cell:
                page.forget(key)
    cell.getparent().remove(cell)


def _rows(page: Page) -> list[html.HtmlElement]:
    """Return the rows with figures and a name that no other row of their table has."""
    found = []
    for table in page.document.iter("table"):
        rows = list(table.iter("tr"))
        names = [_text(row[0]) for row in rows if len(row)]
        for row in rows:
            alone = len(row) > 0 and names.count(_text(row[0])) == 1
            tall = any(cell.get("rowspan") for each in rows for cell in each)
            if alone and not tall and any(page.keys[cell] for cell in row):
                found.append(row)
    return found


def _drop_row(page: Page, place: int, _way: int) -> None:
    row = _one(_rows(page), place)
    if row is not None:
        for cell in row:
            for key in page.keys[cell]:
                page.forget(key)
        row.getparent().remove(row)


def _twice(page: Page, place: int, _way: int) -> None:
    row = _one(_rows(page), place)
    if row is not None:
        copy = html.fragment_fromstring(f"<table>{html.tostring(row, encoding='unicode')}</table>")
        row.addnext(next(copy.iter("tr")))
        for cell in row:
            number = _number(_text(cell))
            if number is not None:
                page.beside.update(dict.fromkeys(page.keys[cell], abs(number)))


def _swap_rows(page: Page, place: int, _way: int) -> None:
    rows = _rows(page)
    row = _one([each for each in rows if each.getnext() in rows], place)
    if row is not None:
        row.addprevious(row.getnext())


def _unit(page: Page, _place: int, way: int) -> None:
    """Change the unit everywhere, leave it out, or name another one beside it; once."""
    of_money = any(table != "statutory_indicators" for table, *_ in page.truth)
    texts = [each for each in page.document.iter() if each.text and _UNIT.search(each.text)]
    unit, factor = _UNITS[way % len(_UNITS)]
    in_euros = any(value != value.to_integral() for value in page.truth.values())
    changed = Decimal(factor) / (Decimal("0.001") if in_euros else 1)
    if not (texts and of_money) or page.factor != 1 or (unit and changed == 1):
        return
    both = unit and way % 5 == 4
    for each in texts:
        each.text = _UNIT.sub(rf"\g<0> of {unit}" if both else unit, each.text)
    if unit:
        page.factor = None if both else changed


def _year(page: Page, place: int, way: int) -> None:
    """Give a head another year: what stands below it is of that year, a difference of none.

    The one score of an indicator is that of an earlier year.
    """
    dated = [each for each in _heads(page) if re.search(r"20\d\d(?!.*\.$)", _text(each))]
    head = _one(dated, place)
    if head is None:
        return
    year = (2015, 2016, 2017, 2018, 2019, 2020, 2022)[way % 7]
    old = re.findall(r"20\d\d", _text(head))[0]
    if old == str(year):
        return
    _write(head, _text(head).replace(old, str(year)))
    below = _below(page, head)
    printed = {key: page.truth[key] for key in below if key in page.truth}
    for cell in _cells_below(page, head):
        printed |= page.again.pop(cell, {})
    for key, value in printed.items():
        page.of_year[key[1], key[2], year] |= {value, -value} if key in page.either else {value}
    headed = {key[2:] for key in below if key not in page.beside}
    for key in page.beside:  # what stands in the column of the head as well
        if key[2:] in headed:
            page.of_year[key[1], key[2], year] |= page.printed_beside(key)
    if year == YEAR:  # then the budget of the page may be one of another moment
        for table, *of, column in [key for key in page.truth if "budget" in key[3]]:
            page.of_year[of[0], of[1], YEAR].add(page.truth[table, of[0], of[1], column])
    kept = [
        key for key in below if key in page.rows and year <= YEAR and not _scores(page.rows[key])
    ]
    _forget_compared(page, [key for key in below if key not in (*page.of_one_cell, *kept)])


def _forget_compared(page: Page, keys: Sequence[Cell]) -> None:
    """Forget figures of a column, and what is compared with them or follows from them."""
    columns = {key[3] for key in keys}
    compared = {key[:3] for key in keys} if columns & {"final_budget_keur", "actual_keur"} else ()
    reserves = {key[1] for key in keys if key[0] == "reserves"}
    for key in list(page.truth):
        differs = key[3] == "variance_keur" and key[:3] in compared
        if key in keys or differs or (key[0] == "reserves" and key[1] in reserves):
            page.forget(key)


def _heads(page: Page) -> list[html.HtmlElement]:
    """Return the cells that stand over columns of figures."""
    cells = (cell for cell in page.cells.values() if cell.getparent() is not None)
    return [cell for cell in cells if not page.keys.get(cell) and _below(page, cell)]


def _below(page: Page, head: html.HtmlElement) -> list[Cell]:
    """Return the figures in the columns of a head, down to the next head in one of them.

    Of two merged cells the figure of the one that stood there, and of none that was shifted.
    """
    table = next(head.iterancestors("table"), None)
    grid = _columns(table) if table is not None else {}
    return [
        key
        for cell in _cells_below(page, head)
        for stood, keys in ((min, page.keys), (max, page.merged))
        if stood(grid[cell]) in grid[head] and cell not in page.shifted
        for key in keys.get(cell, [])
    ]


def _figures(page: Page, cell: html.HtmlElement) -> list[Cell]:
    return [*page.keys.get(cell, []), *page.merged.get(cell, [])]


def _cells_below(page: Page, head: html.HtmlElement) -> Iterator[html.HtmlElement]:
    table = next(head.iterancestors("table"), None)
    if table is None:
        return
    grid = _columns(table)
    rows = list(table.iter("tr"))
    begun = False
    for row in rows[rows.index(head.getparent()) + 1 :]:
        under = [cell for cell in row if grid[cell] & grid[head] and 0 not in grid[cell]]
        held = any(_figures(page, cell) for cell in under)
        if begun and not held and any(map(_is_head, {*under} - page.shifted)):
            return
        begun |= held
        yield from under


def _is_head(cell: html.HtmlElement) -> bool:
    """Say whether a cell without a figure of the truth is a head, and no amount of a subtotal."""
    text = _text(cell)
    amount = _AMOUNT.fullmatch(text.rstrip("-"))  # a minus may stand behind it
    return bool(text) and (not amount or bool(_SCORED.fullmatch(text)))


def _columns(table: html.HtmlElement) -> dict[html.HtmlElement, set[int]]:
    taken: set[tuple[int, int]] = set()
    found = {}
    for y, row in enumerate(table.iter("tr")):
        x = 0
        for cell in row:
            while (y, x) in taken:
                x += 1
            width, height = int(cell.get("colspan", 1)), int(cell.get("rowspan", 1))
            found[cell] = set(range(x, x + width))
            taken |= {(y + down, at) for down in range(1, height) for at in found[cell]}
            x += width
    return found


def _head(page: Page, place: int, _way: int) -> None:
    """Give a head another word: what stands below it is no actual and no difference any more."""
    heads = [each for each in _heads(page) if any(word in _text(each) for word in _OTHER_HEADS)]
    head = _one(heads, place)
    if head is not None:
        word = next(word for word in _OTHER_HEADS if word in _text(head))
        _write(head, _text(head).replace(word, _OTHER_HEADS[word]))
        _forget_compared(page, [key for key in _below(page, head) if not _differs(page, key)])


def _differs(page: Page, key: Cell) -> bool:
    """Say whether a figure is the difference of two others beside it, whatever its head says."""
    phases = ("final_budget_keur", "actual_keur")
    beside = [page.truth.get((*key[:3], phase), Decimal("NaN")) for phase in phases]
    return key[3] == "variance_keur" and abs(beside[0] - beside[1]) == abs(page.truth.get(key, 0))


KINDS: dict[str, Callable[[Page, int, int], None]] = {
    "digit": _digit,
    "sign": _sign,
    "empty": _empty,
    "note": _note,
    "swap": _swap,
    "merge": _merge,
    "shift": _shift,
    "drop row": _drop_row,
    "row twice": _twice,
    "swap rows": _swap_rows,
    "unit": _unit,
    "year": _year,
    "head": _head,
}

CHANGES = st.lists(
    st.builds(Change, st.sampled_from(list(KINDS)), st.integers(0, 999), st.integers(0, 99)),
    min_size=1,
    max_size=3,
    unique_by=lambda change: change.kind,
).map(lambda made: tuple(sorted(made, key=lambda change: change.kind in ("year", "head"))))
"""Some changes, each of another kind; those of heads after those of cells."""
