"""Made-up chapters: never a wrong figure, whatever the layout; what is doubtful is reported."""

import itertools
import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.chapters.generator import chapter, spoiled_chapter
from tests.unit.sources.accounts.extraction.chapters import finance_of, open_rows, wrong_figures

HEAD = (
    "Bedragen x 1.000 euro Primitieve begroting Begroting na wijziging Rekening"
    " Verschil (- = nadeel)"
)
MOST_OPEN = 0.02


def _read(seeds: range) -> tuple[list[str], int, int]:
    wrong, unread, rows = [], 0, 0
    for seed in seeds:
        made = chapter(seed)
        found, _ = finance_of(made.text, made.name)
        wrong += [f"chapter {seed}: {fault}" for fault in wrong_figures(made, found)]
        unread += len(open_rows(made, found))
        rows += len(made.truth)
    return wrong, unread, rows


@pytest.mark.slow
def test_every_layout_and_style_is_read_without_a_wrong_figure() -> None:
    wrong, unread, rows = _read(range(63))  # seven layouts in nine styles
    assert wrong == []
    assert rows > 400
    assert unread <= MOST_OPEN * rows


@pytest.mark.prove
def test_four_hundred_chapters_have_no_wrong_figure_and_few_open_rows() -> None:
    wrong, unread, rows = _read(range(1000, 1400))
    assert wrong == []
    assert unread <= MOST_OPEN * rows


@settings(max_examples=8, derandomize=True)
@given(seed=st.integers(0, 10_000_000))
def test_any_chapter_is_read_without_a_wrong_figure(seed: int) -> None:
    made = chapter(seed)
    assert list(wrong_figures(made, finance_of(made.text, made.name)[0])) == []


@settings(max_examples=8, derandomize=True)
@given(seed=st.integers(0, 10_000_000))
def test_a_wrong_figure_in_the_source_is_reported_and_makes_no_other_figure_wrong(
    seed: int,
) -> None:
    made = spoiled_chapter(seed)
    rows, issues = finance_of(made.text, made.name)
    assert list(wrong_figures(made, rows)) == []
    assert issues


@pytest.mark.prove
def test_two_hundred_chapters_with_a_wrong_figure_report_it() -> None:
    for seed in range(200):
        made = spoiled_chapter(seed)
        rows, issues = finance_of(made.text, made.name)
        assert list(wrong_figures(made, rows)) == [], seed
        assert issues, seed


def _numbers_of(run: str) -> list[tuple[int, int, int, int]]:
    """Divide a run of figures in four by brute force, apart from the code under test."""
    places = itertools.combinations(range(1, len(run)), 3)
    cells = [(run[:a], run[a:b], run[b:c], run[c:]) for a, b, c in places]
    number = re.compile(r"0|[1-9]\d{0,2}")
    return [
        (int(row[0]), int(row[1]), int(row[2]), int(row[3]))
        for row in cells
        if all(number.fullmatch(cell) for cell in row)
    ]


def _ambiguous(count: int) -> list[tuple[str, list[tuple[int, int, int, int]]]]:
    """Find fused rows of costs that can be read in more than one way that adds up."""
    rng = random.Random(7)
    found: list[tuple[str, list[tuple[int, int, int, int]]]] = []
    while len(found) < count:
        final, actual = rng.randint(1, 120), rng.randint(1, 120)
        if actual <= final:
            run = f"{rng.randint(1, 120)}{final}{actual}{final - actual}"
            ways = [row for row in _numbers_of(run) if abs(row[1] - row[2] - row[3]) <= 1]
            if len(ways) > 1:
                found.append((run, ways))
    return found


def test_a_row_with_several_readings_that_add_up_is_reported_with_them_and_not_chosen() -> None:
    for run, ways in _ambiguous(60):
        text = f"{HEAD}\nLasten{run}\nBaten1.0001.0001.0000\n"
        rows, issues = finance_of(text)
        found = list(rows["Totaal programma", "expenses"].amounts.values())
        for n, value in enumerate(found):
            values = {row[n] for row in ways}
            assert value is None or {value} == values, run
        assert None in found, run
        (issue,) = [issue for issue in issues if issue.kind == "ambiguous_row"]
        assert issue.line == 2
        assert len(issue.candidates) == min(len(ways), 8)


def test_the_totals_decide_between_readings_of_a_line() -> None:
    for run, ways in _ambiguous(30):
        for way in ways:
            other = (500, 700, 400, 300)
            total = [left + right for left, right in zip(way, other, strict=True)]
            text = "\n".join(
                [
                    HEAD,
                    f"Wegen{run}",
                    "Parken500700400300",
                    "Totaal lasten" + "".join(f"{value:,}".replace(",", ".") for value in total),
                    "",
                ]
            )
            rows, issues = finance_of(text)
            found = list(rows["Wegen", "expenses"].amounts.values())
            close = [
                row for row in ways if all(abs(a - b) <= 1 for a, b in zip(row, way, strict=True))
            ]
            if close == [way] and not issues:
                assert found == list(way)
            assert all(a is None or a == b for a, b in zip(found, way, strict=True)), (run, way)
