"""Every check of the project has words of its own or of its family, and every word a check."""

from collections.abc import Iterator
from typing import Any

import pytest

from doelenboom.validation.delivery_checks import DELIVERED, OWN
from doelenboom.validation.explaining import ANY, best, explanation, explanations, findings
from doelenboom.validation.fed_checks import FILE, ROW
from doelenboom.validation.neighbour_checks import FEATURES, POOL
from doelenboom.validation.outcomes import Kind, Status
from doelenboom.validation.runner import declared_checks
from orchestration.dbt_checks import CONSTRAINTS
from orchestration.naming import DATA_QUALITY, subjects_in_dutch

INBOX = (
    "chapter_is_read",
    "chapter_adds_up",
    "chapter_equals_the_reviewed_one",
    "chapter_is_reviewed",
    *(FILE, f"{ROW} Blad1!7"),
)
OUTCOMES: dict[Kind, tuple[Status, ...]] = {
    "dbt": ("pass", "fail", "broken"),
    "expectation": ("pass", "fail", "broken"),
    "freshness": ("pass", "warn"),
}
OF_ONE_CHECK: dict[str, tuple[Status, ...]] = {
    FEATURES: ("warn", "not_applicable", "info"),
    POOL: ("pass", "info"),
    DELIVERED: ("warn", "info"),
    OWN: ("warn",),
    "chapter_is_read": ("pass", "fail", "broken"),
    "chapter_adds_up": ("pass", "fail"),
    "chapter_equals_the_reviewed_one": ("pass", "fail"),
    "chapter_is_reviewed": ("pass", "warn"),
    FILE: ("pass", "info", "fail"),
    f"{ROW} Blad1!7": ("fail",),
}
GAPS = dict.fromkeys(
    (
        *("onderwerp", "gemeente", "jaar", "verslag", "aantal", "totaal"),
        *("jaar_herindeling", "bevinding"),
    ),
    "...",
)


def known(manifest: dict[str, Any]) -> Iterator[tuple[Kind, str]]:
    yield "dbt", CONSTRAINTS
    for node in manifest["nodes"].values():
        about = (node.get("attached_node") or "").rpartition(".")[2]
        if node["resource_type"] == "test" and about != DATA_QUALITY:
            yield "dbt", node["name"]
    for check in declared_checks():
        yield "expectation", check.check_name
    for name in (FEATURES, POOL, DELIVERED, OWN):
        yield "expectation", name
    yield "freshness", "cbs_iv3_2024_is_fresh"
    for name in INBOX:
        yield "inbox", name


def test_every_check_has_words_that_say_what_it_looks_at(manifest: dict[str, Any]) -> None:
    vague = [
        f"{kind}: {name}"
        for kind, name in known(manifest)
        if best(explanations(), kind, name).check_name == ANY
    ]
    assert vague == [], "write them in seeds/reference/check_explanations.csv"


def test_every_word_speaks_of_a_check(manifest: dict[str, Any]) -> None:
    used = {best(explanations(), kind, name) for kind, name in known(manifest)}
    idle = [row for row in explanations() if row not in used and row.check_name != ANY]
    assert idle == []


def test_every_outcome_has_words_and_every_gap_is_filled(manifest: dict[str, Any]) -> None:
    told = set()
    for kind, name in known(manifest):
        for status in OF_ONE_CHECK.get(name) or OUTCOMES[kind]:
            assert len(explanation(kind, name, status, **GAPS)) > 60
            told.add(best(findings(), kind, name, status))
    assert set(findings()) == told


@pytest.mark.parametrize("kind", ["dbt", "expectation"])
def test_a_check_that_is_new_is_explained_too(kind: Kind) -> None:
    for status in OUTCOMES[kind]:
        assert "‘Doelenboom’" in explanation(kind, "brand_new", status, onderwerp="‘Doelenboom’")


def test_every_mart_is_called_by_its_dutch_label(manifest: dict[str, Any]) -> None:
    subjects = subjects_in_dutch(manifest)
    assert subjects["marts.reconciliation"] == "‘Aansluitingen’"
    assert (
        subjects["marts.municipality_comparison_storage"]
        == (subjects["marts.municipality_comparison"])
    )
    assert subjects["intermediate.int_peers__pools"] == "een tussenstap van de berekening"
