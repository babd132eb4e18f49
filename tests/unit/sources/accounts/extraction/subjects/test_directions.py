"""Explanations and lists of actions in other layouts; all names and figures are made up."""

from decimal import Decimal
from typing import Any

import pytest

from tests.unit.sources.accounts.extraction.chapters import extracted

COSTS = """Programma 3 Straten
Wat heeft het gekost?
Lasten en baten   begroting 2018   rekening 2018   verschil
Lasten   1.200   1.100   100
Baten   300   350   50

Toelichting
"""


def _explained(text: str) -> list[tuple[Any, ...]]:
    rows = extracted(COSTS + text).tables["variance_explanations"]
    return [(row["role"], row["subject"], row["amount_keur"]) for row in rows]


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("Het voordeel bedraagt € 10.000, het nadeel € 5.000.", [10, -5]),
        ("Een nadeel van € 7.000 en een voordeel van € 9.000.", [-7, 9]),
        ("Het nadeel was groot, na het voordeel van toen, met € 3.000.", [None]),
    ],
)
def test_the_part_of_the_sentence_gives_the_direction(text: str, amounts: list[Any]) -> None:
    assert [row[2] for row in _explained(text)] == amounts


def test_a_title_that_ends_in_its_amount_is_about_that_amount() -> None:
    """The first amount, an earlier forecast in brackets, was taken for the explained one."""
    text = """Hulp thuis (Act. 2018 € 100.000 V)   € 500.000 V
Voorstel tot bestemming   € 300.000 N
De vraag was kleiner."""
    assert _explained(text) == [("component", "Hulp thuis", Decimal(500))]


def test_a_bullet_may_name_the_direction_before_the_amount() -> None:
    text = "- Afval: nadeel € 45.000. Duurder.\n- Wegen: een voordeel van € 120.000. Later."
    assert _explained(text) == [
        ("component", "Afval", Decimal(-45)),
        ("component", "Wegen", Decimal(120)),
    ]


def test_a_table_of_explanations_is_reported() -> None:
    issues = extracted(COSTS + "Havens\n17\nN\n").issues
    assert any("tabel van toelichtingen" in issue.problem for issue in issues)


def test_actions_without_numbers_are_reported_and_none_is_made_up() -> None:
    text = "Wat hebben we gedaan?\n• Een brug gebouwd.\n• Een weg verlegd.\n"
    extraction = extracted(text + COSTS)
    assert extraction.tables["action_points"] == []
    assert any("2 opsommingstekens" in issue.problem for issue in extraction.issues)


def test_a_status_in_the_next_cell_is_no_part_of_a_title() -> None:
    text = "Wat hebben we gedaan?\nActiepunten\tStatus\n1. Een brug bouwen\tGROEN\tKlaar.\n"
    titles = [point["title"] for point in extracted(text + COSTS).tables["action_points"]]
    assert titles == ["Een brug bouwen"]
