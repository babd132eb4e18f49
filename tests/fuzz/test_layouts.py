"""Whatever becomes of a layout: no figure is read that is not printed, unless an issue says so."""

import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from hypothesis import strategies as st

from doelenboom.errors import RefusedError
from doelenboom.sources.accounts.extraction.package.assembling import Extraction
from tests.chapters.savings import SAVINGS
from tests.fuzz.conftest import Fuzz
from tests.fuzz.layout_changes import CHANGES, KINDS, Change, Page, page_of
from tests.fuzz.sentences import refuse_no_sentence
from tests.unit.sources.accounts.extraction.layouts import (
    LAYOUTS,
    SAYS_NOTHING,
    figures_of,
    read,
)

OFTEN = ("html", "html", "html", "tabs", "tabs", "columns", "stacked")
RARELY = ("pdf_boxed", "pdf_bare")
"""Savings that take a hundred times as long."""


@dataclass(frozen=True)
class Input:
    """A layout, how its page is saved, and what is changed in it before."""

    layout: int
    saving: str
    made: tuple[Change, ...] = ()


INPUTS = st.builds(
    Input,
    st.integers(0, len(LAYOUTS) - 1),
    st.integers(0, 29).map(lambda n: RARELY[n] if n < len(RARELY) else OFTEN[n % len(OFTEN)]),
    CHANGES,
)


KNOWN = (
    Input(26, "columns", (Change("merge", 456, 99), Change("shift", 113, 37))),
    Input(3, "stacked", (Change("empty", 0, 0),)),
    Input(15, "stacked", (Change("sign", 775, 83),)),
    Input(8, "html", (Change("merge", 145, 91), Change("empty", 327, 5))),
    Input(45, "tabs", (Change("merge", 168, 14), Change("drop row", 721, 37))),
    Input(15, "columns", (Change("drop row", 426, 38), Change("note", 259, 60))),
    Input(51, "pdf_bare", (Change("unit", 462, 78), Change("note", 158, 5))),
    Input(1, "pdf_bare", (Change("unit", 481, 29),)),
    Input(71, "tabs", (Change("empty", 0, 0),)),
    Input(65, "pdf_boxed", (Change("year", 1, 0),)),
    Input(62, "pdf_bare", (Change("merge", 238, 0),)),
    Input(25, "html", (Change("shift", 993, 76), Change("sign", 993, 58))),
    Input(25, "html", (Change("sign", 281, 69), Change("empty", 20, 32), Change("note", 551, 34))),
    Input(
        20, "html", (Change("sign", 884, 29), Change("empty", 816, 42), Change("merge", 652, 24))
    ),
    Input(45, "tabs", (Change("shift", 442, 12), Change("year", 224, 42))),
    Input(10, "columns", (Change("merge", 116, 3), Change("year", 508, 60))),
    Input(8, "columns", (Change("merge", 618, 47), Change("year", 38, 5))),
    Input(9, "columns", (Change("swap", 190, 34), Change("drop row", 8, 39))),
    Input(62, "html", (Change("year", 307, 52),)),
    Input(63, "stacked", (Change("shift", 462, 60),)),
    Input(60, "stacked", (Change("merge", 899, 75), Change("head", 13, 44))),
    Input(8, "columns", (Change("note", 28, 0),)),
    Input(58, "tabs", (Change("note", 62, 0),)),
    Input(75, "stacked", (Change("note", 36, 0),)),
    Input(166, "pdf_boxed", (Change("digit", 0, 0),)),
    Input(28, "html", (Change("row twice", 13, 54), Change("year", 342, 45))),
    Input(76, "html", (Change("head", 155, 65),)),
    Input(
        26,
        "stacked",
        (Change("empty", 0, 33), Change("swap rows", 817, 81), Change("head", 364, 63)),
    ),
    Input(80, "columns", (Change("shift", 688, 29), Change("year", 20, 27))),
    Input(99, "columns", (Change("drop row", 499, 66), Change("shift", 627, 8))),
    Input(109, "html", (Change("merge", 19, 26),)),
    Input(132, "html", (Change("year", 138, 56),)),
    Input(133, "tabs", (Change("note", 457, 72), Change("year", 267, 46))),
    Input(137, "html", (Change("digit", 151, 15), Change("drop row", 977, 29))),
    Input(150, "html", (Change("year", 825, 50),)),
    Input(154, "html", (Change("digit", 480, 90),)),
    Input(155, "html", (Change("merge", 696, 23), Change("drop row", 787, 3))),
    Input(161, "html", (Change("empty", 961, 62),)),
    Input(170, "html", (Change("swap", 120, 46), Change("row twice", 233, 25))),
    Input(172, "html", (Change("head", 662, 7), Change("year", 535, 55))),
    Input(177, "html", (Change("year", 913, 92),)),
    Input(182, "columns", (Change("digit", 961, 40),)),
    Input(178, "html", (Change("swap", 511, 81), Change("year", 87, 12))),
    Input(128, "tabs", (Change("year", 315, 23),)),
    Input(147, "tabs", (Change("note", 114, 40),)),
    Input(147, "tabs", (Change("drop row", 477, 32), Change("year", 364, 82))),
    Input(171, "tabs", (Change("note", 860, 55), Change("head", 129, 99))),
    Input(
        62, "stacked", (Change("empty", 426, 31), Change("unit", 240, 55), Change("year", 118, 36))
    ),
    Input(171, "stacked", (Change("swap", 575, 69),)),
    Input(85, "columns", (Change("swap rows", 591, 63), Change("year", 88, 99))),
    Input(
        134,
        "pdf_bare",
        (Change("merge", 575, 45), Change("row twice", 817, 45), Change("empty", 559, 39)),
    ),
    Input(78, "tabs", (Change("note", 386, 75), Change("head", 50, 90))),
    Input(147, "columns", (Change("unit", 982, 56), Change("shift", 342, 28))),
    Input(178, "stacked", (Change("digit", 806, 17), Change("sign", 170, 24))),
    Input(
        128,
        "stacked",
        (Change("swap", 769, 41), Change("drop row", 904, 6), Change("year", 108, 22)),
    ),
    Input(128, "stacked", (Change("merge", 342, 91), Change("sign", 951, 32))),
    Input(128, "tabs", (Change("year", 639, 46),)),
    Input(87, "stacked", (Change("empty", 877, 72),)),
    Input(99, "html", (Change("drop row", 36, 12), Change("swap rows", 879, 27))),
    Input(96, "html", (Change("head", 460, 54), Change("year", 820, 61))),
    Input(99, "html", (Change("drop row", 377, 76), Change("swap rows", 919, 20))),
    Input(133, "stacked", (Change("merge", 368, 4), Change("year", 421, 82))),
    Input(87, "pdf_bare", (Change("note", 290, 7), Change("swap rows", 493, 40))),
    Input(
        50,
        "columns",
        (Change("row twice", 16, 12), Change("merge", 859, 21), Change("empty", 257, 62)),
    ),
    Input(189, "stacked", (Change("shift", 851, 28), Change("note", 365, 48))),
    Input(161, "tabs", (Change("empty", 731, 17), Change("swap rows", 166, 93))),
    Input(165, "tabs", (Change("shift", 288, 2), Change("head", 780, 45))),
    Input(171, "stacked", (Change("sign", 933, 21),)),
    Input(
        146,
        "stacked",
        (Change("shift", 538, 54), Change("unit", 100, 0), Change("row twice", 392, 94)),
    ),
    Input(117, "columns", (Change("shift", 472, 63), Change("year", 691, 57))),
    Input(61, "tabs", (Change("unit", 86, 15), Change("note", 319, 78), Change("digit", 840, 79))),
    Input(34, "stacked", (Change("digit", 456, 96),)),
    Input(
        87,
        "stacked",
        (Change("digit", 193, 68), Change("swap rows", 561, 15), Change("empty", 924, 85)),
    ),
    Input(
        74,
        "tabs",
        (Change("swap rows", 837, 90), Change("sign", 187, 5), Change("drop row", 575, 33)),
    ),
    Input(185, "columns", (Change("digit", 922, 45), Change("head", 554, 50))),
    Input(110, "stacked", (Change("merge", 136, 94), Change("head", 593, 48))),
    Input(
        166,
        "columns",
        (Change("note", 202, 10), Change("swap", 461, 82), Change("swap rows", 420, 10)),
    ),
    Input(
        104,
        "columns",
        (Change("empty", 708, 13), Change("shift", 622, 32), Change("year", 225, 68)),
    ),
    Input(
        51,
        "columns",
        (Change("shift", 610, 20), Change("drop row", 949, 84), Change("swap rows", 133, 33)),
    ),
    Input(
        182, "columns", (Change("merge", 838, 9), Change("digit", 754, 18), Change("head", 807, 16))
    ),
)
"""What broke reading down, or had a wrong figure without a word."""


def _read(page: Page, saving: str) -> Extraction:
    ending, write = SAVINGS[saving]
    with tempfile.TemporaryDirectory() as folder:
        return read(write(page.text), f"page.{ending}", Path(folder))


def _said(found: Extraction) -> Counter[str]:
    return Counter(issue.kind for issue in found.issues if issue.kind not in SAYS_NOTHING)


@cache
def _said_before(layout: int, saving: str) -> Counter[str]:
    """Count what is said of a layout as it is."""
    try:
        return _said(_read(page_of(LAYOUTS[layout]), saving))
    except RefusedError:
        return Counter()


def _wrong(page: Page, found: Extraction) -> Iterator[tuple[int, str]]:
    """Yield the line of each figure that is not printed, and what it is."""
    for key, (value, line) in figures_of(found).items():
        if not page.allows(key, value):
            yield line, f"line {line}, {key}: {value}, is {page.truth.get(key)}"


def _contradicted(found: Extraction) -> set[int]:
    """Return the lines of rows of which the report says that their own amounts do not fit."""
    return {issue.line for issue in found.issues if issue.kind == "contradiction"}


def _check(given: Input) -> str:
    page = page_of(LAYOUTS[given.layout])
    for change in given.made:
        change.apply(page)
    try:
        found = _read(page, given.saving)
    except RefusedError as error:
        refuse_no_sentence(str(error))
        return "refused"
    wrong = list(_wrong(page, found))
    silent = [words for line, words in wrong if line not in _contradicted(found)]
    said = _said(found) - _said_before(given.layout, given.saving)
    if any(change.kind == "unit" for change in given.made):
        said["unknown_unit"] += _said(found)["unknown_unit"]
    if silent and not said.total():
        raise AssertionError("\n".join([f"{LAYOUTS[given.layout]}, {given.saving}", *silent]))
    if wrong:
        return "wrong and named"
    return "read" if figures_of(found) else "not read"


def test_no_changed_layout_has_a_wrong_figure_without_a_word(fuzz: Fuzz[Input]) -> None:
    fuzz(INPUTS, _check, KNOWN)


@pytest.mark.prove
@pytest.mark.parametrize(("n", "kind"), list(enumerate(KINDS)))
def test_no_layout_with_one_change_has_a_wrong_figure_without_a_word(n: int, kind: str) -> None:
    for layout in range(n % 3, len(LAYOUTS), 3):
        _check(Input(layout, "html", (Change(kind, 7 * layout, layout),)))
