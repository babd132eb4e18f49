"""Any chapter is read or refused in a sentence; a figure that is read is printed on its line."""

import re
import tempfile
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st

from doelenboom.errors import RefusedError
from doelenboom.settings import PROJECT_DIR
from doelenboom.sources.accounts.extraction.document.reading import read_chapter
from doelenboom.sources.accounts.extraction.package.assembling import Extraction, extract_chapter
from doelenboom.sources.accounts.extraction.package.comparing import compared
from doelenboom.sources.accounts.extraction.package.report import write_report
from doelenboom.sources.accounts.extraction.package.writing import write_package
from doelenboom.sources.accounts.package import read_known_municipalities
from tests.chapters.generator import Made, chapter
from tests.fuzz.changes import Change, changed, changes
from tests.fuzz.conftest import Fuzz
from tests.fuzz.sentences import refuse_no_sentence
from tests.unit.sources.accounts.extraction.chapters import SEEDS, STATUTORY

GOOD = 400
"""Made-up chapters that are changed: each layout in each style, six times."""

PAGE = PROJECT_DIR / "tests" / "fixtures" / "chapters" / "saved_page.html"
Row = Mapping[str, Any]
PHASES = ("original_budget_keur", "final_budget_keur", "actual_keur", "variance_keur")
TOKENS = (
    *("-", "--", ".", ",", "€", "%", " N", " V", "\t", "\r", "\r\n", "\n\n", "\x00", "\x1b[31m"),
    *(
        "\u202e",
        "\u00a0",
        "\u200b",
        "cliƫnten",
        "½",
        "٣",
        "1.234",
        "12.34",
        "0",
        "-0",
        "1e9",
        "NaN",
    ),
    *("Lasten", "Baten", "Totaal lasten", "Saldo", "Resultaat", "x € 1.000", "x € 1", "2018"),
    *("een voordeel van 0,4 miljoen euro op Wmo,", "Wat heeft het gekost?", "Doelstelling 1"),
    *("<td>", "</td>", "<tr>", "</table>", '<td colspan="99999">', "<!DOCTYPE", "<!ENTITY x 'y'>"),
    *(
        "&#0;",
        "&amp;",
        "<script>",
        "<!--",
        "| 1 | 2 |",
        "Aa: b\r\n" * 35,
        "Lasten " + "1" * 24 + "a",
    ),
    *("<table>" * 300, "((((((((((" * 20, "a" * 25_000),
)
KNOWN = (
    "Aa: b\r\n" * 35,
    "Wat heeft het gekost?\n" + ("Lasten " + "1" * 24 + "a\n") * 50,
    "<html>" + "<!DOCTYPE" * 10_000,
    "<!DOCTYPE" * 1_000,
    "\n".join(f"cli\u01ab{n}nten da\u01abk cli\u00ebnt" for n in range(2_000)),
    "<table><tr><td>a</td><td>1</table>" * 6_000,
    ("een voordeel van 0,4 miljoen euro op Wmo, " * 460 + "\n") * 10,
)
"""What made reading explode, or broke it down; the longest are in `test_patterns.py`."""


@dataclass(frozen=True)
class Input:
    """A good chapter by its number, or a text; the changes that are made; how it is written."""

    good: int | str
    made: tuple[Change, ...] = ()
    encoding: str = "utf-8"


STACKED = 150
"""How far below its name a figure of an item may stand where each has a line of its own."""

ODD_ENCODINGS = {13: "cp1252", 14: "utf-8-sig", 15: "utf-16"}
INPUTS = st.builds(
    Input,
    st.integers(0, 19).flatmap(lambda n: st.integers(0, GOOD) if n < 19 else st.text()),
    changes(TOKENS).map(tuple),
    st.integers(0, 15).map(lambda n: ODD_ENCODINGS.get(n, "utf-8")),
)


@cache
def _good(number: int) -> Made:
    if number == GOOD:
        return Made(PAGE.read_text(encoding="utf-8"), name=PAGE.name)
    return chapter(number)


@cache
def _seen(number: int) -> dict[str, set[str]]:
    """Give the figures of each line of a good chapter, by its text and that of the lines below."""
    made = _good(number)
    lines = made.text.split("\n")
    seen: dict[str, set[str]] = {}
    rows = _read(made.name, made.text.encode()).tables["programme_finance"]
    for row in rows:
        printed = [_digits(row[phase]) for phase in PHASES if row[phase] is not None]
        key = (row["line_item"], row["flow"])
        printed += [_digits(Decimal(value)) for value in made.truth.get(key, {}).values()]
        seen.setdefault(_place(lines, row["source_line"], rows), set()).update(printed)
    return seen


def _place(lines: Sequence[str], line: int, rows: Sequence[Row]) -> str:
    """Give the text of a row: to the line of the next, ten lines at least."""
    others = (row["source_line"] for row in rows if row["source_line"] > line)
    below = min(others, default=line + STACKED)
    return "\n".join(lines[line - 1 : max(line + 9, min(below - 1, line + STACKED))])


def _digits(value: Decimal) -> str:
    """Write a figure without sign, separators, and zeros that a unit adds or takes."""
    return f"{abs(value):f}".replace(".", "").strip("0")


def _read(name: str, data: bytes) -> Extraction:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        return extract_chapter(read_chapter(path), "GM0153", 2018, STATUTORY)


def _check(given: Input) -> str:
    good = _good(given.good) if isinstance(given.good, int) else Made(given.good)
    text = changed(good.text, given.made)
    data = text.encode(given.encoding, "replace")
    try:
        extraction = _read(good.name, data)
        _write(extraction, whole=len(data) % 50 == 0)
    except RefusedError as error:
        refuse_no_sentence(str(error))
        return "refused"
    lines = data.decode(given.encoding).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    rows = extraction.tables["programme_finance"]
    for row in rows:
        _refuse_unprinted(row, lines)
    if isinstance(given.good, int):
        _refuse_other(rows, lines, given.good)
    return "read" if rows else "without a cost table"


def _write(extraction: Extraction, whole: bool) -> None:
    """Write what a person reviews: the report, and now and then the package, which takes longer."""
    report = write_report([compared(extraction, SEEDS)])
    assert "\x1b" not in report
    if whole:
        known = read_known_municipalities(SEEDS / "reference" / "municipalities.csv")
        schema = SEEDS / "accounts" / "datapackage.json"
        with tempfile.TemporaryDirectory() as folder:
            write_package([extraction], Path(folder) / "out", schema, known, report)


def _refuse_unprinted(row: Row, lines: Sequence[str]) -> None:
    """Fail on a figure whose digits do not stand on its line or those below it."""
    line = row["source_line"]
    text = "\n".join(lines[line - 1 : line + STACKED])
    printed = "".join(str(unicodedata.digit(sign, "")) for sign in re.sub(r"<[^>]*>|\D", "", text))
    for phase in PHASES:
        value = row[phase]
        assert value is None or _digits(value) in printed, (row, phase)


def _refuse_other(rows: Sequence[Row], lines: Sequence[str], good: int) -> None:
    """Fail on another figure from a line that was not changed, below a head that was not."""
    head = next((line for line in _good(good).text.split("\n") if "Bedragen" in line), None)
    if head is None or lines.count(head) != 1:
        return
    seen = _seen(good)
    for row in rows:
        if printed := seen.get(_place(lines, row["source_line"], rows)):
            found = {_digits(row[phase]) for phase in PHASES if row[phase] is not None}
            assert found <= printed, row


def test_any_chapter_is_read_as_it_is_printed_or_refused(fuzz: Fuzz[Input]) -> None:
    fuzz(INPUTS, _check, [Input(text) for text in KNOWN])


@pytest.mark.parametrize("number", range(0, GOOD, 57))
def test_what_was_not_changed_is_read(number: int) -> None:
    assert _check(Input(number)) == "read"
    assert _seen(number)
