"""Layouts of public budgets and accounts, in six savings: read, or left open with a word."""

from pathlib import Path

import pytest

from tests.chapters.savings import SAVINGS
from tests.unit.sources.accounts.extraction.layouts import FOLDER, LAYOUTS, score, truth_of

pytestmark = pytest.mark.slow

LEAST_READ = {
    "html": 0.93,
    "tabs": 0.89,
    "columns": 0.84,
    "stacked": 0.79,
    "pdf_boxed": 0.91,
    "pdf_bare": 0.79,
}
"""The share of the figures that is read right; `docs/extraction.md` has the counts."""

DAILY = ("html", "tabs")
"""The savings that are read at each change; the others by night."""

PRINTED = {"pdf_boxed": LAYOUTS[::2], "pdf_bare": LAYOUTS[1::2]}
"""The layouts of savings that take ten times as long, half of them each."""


@pytest.mark.parametrize(
    "saving",
    [
        pytest.param(saving, marks=[pytest.mark.prove] if saving not in DAILY else [])
        for saving in SAVINGS
    ],
)
def test_most_figures_are_read_and_none_is_wrong_or_left_out_without_a_word(
    saving: str, tmp_path: Path
) -> None:
    ending, write = SAVINGS[saving]
    right = figures = 0
    silent: dict[str, list[str]] = {}
    for layout in PRINTED.get(saving, LAYOUTS):
        truth = truth_of(layout)
        page = (FOLDER / f"{layout}.html").read_text("utf-8")
        found = score(truth, write(page), f"{layout}.{ending}", tmp_path)
        right, figures = right + found.right, figures + len(truth)
        if found.silent:
            silent[layout] = found.silent
    assert silent == {}
    assert right >= LEAST_READ[saving] * figures
