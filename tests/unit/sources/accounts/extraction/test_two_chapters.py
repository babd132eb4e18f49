"""The two reviewed chapters: all money is read, none of it wrong, and what is printed beside it."""

from functools import cache

import pytest

from doelenboom.sources.accounts.extraction.document.reading import read_chapter
from doelenboom.sources.accounts.extraction.package.assembling import Extraction, extract_chapter
from doelenboom.sources.accounts.extraction.package.comparing import (
    ChapterComparison,
    ReviewedChapter,
    compare_with_reviewed,
    reviewed_chapter,
)
from doelenboom.sources.accounts.extraction.package.proving import BROKEN
from tests.unit.sources.accounts.extraction.chapters import SEEDS, SHARED, STATUTORY

YEARS = {"000_eeff2086d13189c9.txt": 2018, "001_774fb8964a89cc1a.txt": 2013}

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SHARED.is_dir(), reason="the chapters are outside the repository"),
]


@cache
def _extraction(name: str) -> Extraction:
    return extract_chapter(read_chapter(SHARED / name), "GM0153", YEARS[name], STATUTORY)


@cache
def _comparison(name: str) -> ChapterComparison:
    reviewed = reviewed_chapter(SEEDS, _extraction(name).chapter.sha256)
    assert reviewed is not None
    return compare_with_reviewed(_extraction(name), reviewed)


@pytest.mark.parametrize("name", YEARS)
def test_all_money_is_read_and_none_is_wrong(name: str) -> None:
    money = [score for score in _comparison(name).scores if score.kind.endswith("money")]
    assert sum(score.reviewed for score in money) > 50
    assert [
        (s.kind, s.recall, s.precision) for s in money if (s.recall, s.precision) != (1, 1)
    ] == []


@pytest.mark.parametrize("name", YEARS)
def test_every_cell_is_the_reviewed_one_or_differs_for_a_reason(name: str) -> None:
    """A score of 79 that only the reviewer had went unnoticed: 97 % of the cells was enough."""
    found = _comparison(name)
    assert found.differences == ()
    assert found.stale == ()
    assert len(found.named) > 20


@pytest.mark.parametrize("name", YEARS)
def test_a_cell_that_only_the_reviewer_has_is_a_difference(name: str) -> None:
    reviewed = reviewed_chapter(SEEDS, _extraction(name).chapter.sha256)
    assert reviewed is not None
    for table, column in (("indicators", "score_year"), ("chapter_facts", "kind")):
        changed = [dict(row) for row in reviewed.tables[table]]
        changed[-1][column] = "affiliated_party" if column == "kind" else "1999"
        spoiled = ReviewedChapter({**reviewed.tables, table: changed}, reviewed.named)
        assert compare_with_reviewed(_extraction(name), spoiled).differences


@pytest.mark.parametrize("name", YEARS)
def test_every_sum_of_the_chapter_holds(name: str) -> None:
    sums = _extraction(name).sums
    assert len(sums) > 20
    assert [found for found in sums if found.status == BROKEN] == []


def test_every_row_of_each_kind_is_there() -> None:
    expected = {
        "programme_finance": 33,
        "goal_tree": 29,
        "indicators": 14,
        "statutory_indicators": 7,
        "action_points": 36,
        "variance_explanations": 17,
    }
    for table, count in expected.items():
        assert sum(len(_extraction(name).tables[table]) for name in YEARS) == count, table


def test_names_of_civil_servants_are_left_out() -> None:
    words = str(_extraction("001_774fb8964a89cc1a.txt").tables)
    assert "Wallinga" in words
    assert "Weggemans" not in words
