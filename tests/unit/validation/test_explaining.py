"""The most precise words explain a check, and there are words for each outcome."""

import pytest

from doelenboom.validation.explaining import Words, best, explained, explanation
from doelenboom.validation.outcomes import CheckResult

ALL = Words("dbt", "*", "", "all")
PATTERN = Words("dbt", "*_knows", "", "pattern")
LONGER = Words("dbt", "*_table_knows", "", "longer")
EXACT = Words("dbt", "x_table_knows", "", "exact")


def test_one_name_comes_before_a_pattern_and_a_long_pattern_before_a_short_one() -> None:
    words = [ALL, PATTERN, EXACT, LONGER]
    assert best(words, "dbt", "x_table_knows") == EXACT
    assert best(words, "dbt", "y_table_knows") == LONGER
    assert best(words, "dbt", "y_knows") == PATTERN
    assert best(words, "dbt", "other") == ALL


def test_a_check_without_words_is_named() -> None:
    with pytest.raises(LookupError, match="no words for the inbox check x_knows"):
        best([ALL, PATTERN], "inbox", "x_knows")


def test_a_gap_that_nothing_fills_is_no_text() -> None:
    with pytest.raises(LookupError, match="gemeente"):
        explanation("expectation", "every_feature_of_a_municipality_is_known", "warn")


def test_a_result_is_explained_by_its_table_and_keeps_words_of_its_own() -> None:
    found = CheckResult("goal_tree.has_rows", "marts.goal_tree", "error", "pass", "3 rows", "rows")
    own = CheckResult("x", "y", "warn", "warn", "", "", explanation="Eigen woorden.")
    file = CheckResult("chapter_is_read", "inbox/a.txt", "warn", "pass", "", "", kind="inbox")
    told = [result.explanation for result in explained([found, own, file], SUBJECTS)]
    assert told == [
        "Gecontroleerd is of ‘Doelenboom’ gevuld is. Dat is zo: op dit punt kunt u de cijfers"
        " gebruiken en hoeft u niets te doen.",
        "Eigen woorden.",
        "Gecontroleerd is of het aangeboden bestand (a.txt) als hoofdstuk van jaarstukken te lezen"
        " is. Dat is zo; er is niets te doen.",
    ]


SUBJECTS = {"marts.goal_tree": "‘Doelenboom’"}
