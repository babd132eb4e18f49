"""The vocabulary is evidence: what was seen is read by the form that it stands beside."""

import csv
import re
from itertools import groupby
from pathlib import Path

import pytest

from doelenboom.settings import PROJECT_DIR
from doelenboom.sources.accounts.extraction.words.vocabulary import Word, words

TESTS = Path(__file__).parents[1]
SEEN = [word for word in words() if word.seen]


@pytest.mark.parametrize("word", SEEN, ids=lambda word: f"{word.list} {word.seen}")
def test_what_was_seen_is_read_by_its_form(word: Word) -> None:
    found = re.search(word.form, word.seen, re.IGNORECASE)
    assert found and found[0]


def test_where_a_word_was_seen_is_a_chapter_or_a_test() -> None:
    with (PROJECT_DIR / "seeds" / "accounts" / "documents.csv").open(encoding="utf-8") as file:
        chapters = {
            f"{row['municipality_code']} {row['fiscal_year']} {row['programme_code']}"
            for row in csv.DictReader(file)
        }
    tests = {path.stem for path in TESTS.rglob("test_*.py")} | {"generator"}
    assert all(bool(word.seen) == bool(word.where) for word in words())
    for word in SEEN:
        chapter, comma, line = word.where.partition(", line ")
        assert chapter in chapters and line.isdigit() if comma else word.where.split()[0] in tests


def test_the_forms_of_a_kind_stand_together_as_they_are_tried() -> None:
    ordered = [(word.list, word.kind) for word in words() if word.list != "row_side"]
    assert len([kind for kind, _ in groupby(ordered)]) == len(set(ordered))
