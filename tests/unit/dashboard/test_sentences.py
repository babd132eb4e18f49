"""Sentences say what their fields say, and no more."""

from decimal import Decimal
from typing import Any

import pytest

from dashboard.sentences import course, goals, headline, steps


def result(**given: Any) -> dict[str, Any]:
    """A programme whose figures are all missing but for those that are given."""
    flows = ("net_cost", "net_cost_after_reserves", "transfer_to_reserves")
    names = [
        f"{flow}_{phase}_keur"
        for flow in (*flows, "transfer_from_reserves")
        for phase in ("original_budget", "final_budget", "actual", "variance")
    ]
    return {name: None for name in names} | {
        name: None if value is None else Decimal(value) for name, value in given.items()
    }


ENSCHEDE = result(
    net_cost_variance_keur=13166,
    net_cost_after_reserves_variance_keur=5492,
    transfer_to_reserves_variance_keur=-11637,
    transfer_from_reserves_variance_keur=3962,
)


def test_the_headline_tells_both_sides_of_the_reserves() -> None:
    assert headline(ENSCHEDE) == (
        "Het programma kostte vóór reserves 13,2 miljoen euro minder dan de begroting na wijziging."
        " Na reserves bleef daar 5,5 miljoen van over: er ging 11,6 miljoen meer naar reserves dan"
        " begroot, en er kwam 4,0 miljoen meer uit reserves dan begroot."
    )


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        (
            {},
            "Of het programma vóór reserves binnen de begroting bleef, staat niet in dit"
            " hoofdstuk.",
        ),
        (
            {"net_cost_final_budget_keur": 3580, "net_cost_actual_keur": 3570},
            "Het programma kostte vóór reserves 3,6 miljoen euro, bij een begroting na wijziging"
            " van 3,6 miljoen euro; het verschil drukt dit hoofdstuk niet af.",
        ),
        (
            {"net_cost_final_budget_keur": -3580, "net_cost_actual_keur": 3570},
            "Of het programma vóór reserves binnen de begroting bleef, staat niet in dit"
            " hoofdstuk.",
        ),
        (
            {"net_cost_variance_keur": 0},
            "Het programma kostte vóór reserves evenveel als de begroting na wijziging.",
        ),
        (
            {"net_cost_variance_keur": -2000, "net_cost_after_reserves_variance_keur": -2000},
            "Het programma kostte vóór reserves 2,0 miljoen euro meer dan de begroting na"
            " wijziging. Na reserves was het verschil een nadeel van 2,0 miljoen euro.",
        ),
        (
            {
                "net_cost_variance_keur": -2000,
                "net_cost_after_reserves_variance_keur": 100,
                "transfer_from_reserves_variance_keur": 2100,
            },
            "Het programma kostte vóór reserves 2,0 miljoen euro meer dan de begroting na"
            " wijziging. Na reserves was het verschil een voordeel van"
            " 100 duizend euro: er kwam 2,1 miljoen"
            " meer uit reserves dan begroot.",
        ),
        (
            {"net_cost_variance_keur": 10, "net_cost_after_reserves_variance_keur": 0},
            "Het programma kostte vóór reserves 10 duizend euro minder dan de begroting na"
            " wijziging. Na reserves was het verschil nul.",
        ),
    ],
)
def test_what_is_missing_or_turned_round_is_told_so(fields: dict[str, int], told: str) -> None:
    assert headline(result(**fields)) == told


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ((9, 1, 2, 0, 6), "Eén doel gehaald, twee niet, zes zonder oordeel"),
        ((5, 0, 5, 0, 0), "Geen doelen gehaald, vijf niet"),
        ((13, 13, 0, 0, 0), "13 doelen gehaald, geen niet"),
        ((0, 0, 0, 0, 0), "Geen eigen doelen met een indicator"),
    ],
)
def test_goals_are_counted_in_words(counts: tuple[int, ...], told: str) -> None:
    fields = ("own", "met", "missed", "undecided", "without_verdict")
    assert goals(dict(zip((f"indicators_{f}" for f in fields), counts, strict=True))) == told


def test_the_heading_of_the_steps_says_what_they_show() -> None:
    assert steps(ENSCHEDE) == "Van 13,2 miljoen vóór reserves naar 5,5 miljoen erna"
    assert steps(result()) == "Van begroting naar uitkomst"


def test_the_course_of_the_year_names_its_lines() -> None:
    raised = {
        "step_code": "budget_raised",
        "amount_keur": Decimal(11042),
        "start_keur": Decimal(192991),
        "end_keur": Decimal(204033),
        "source_document": "a.txt",
        "source_line": 428,
    }
    forecast = {
        "forecast_keur": Decimal(-7900),
        "outturn_keur": Decimal(5492),
        "budget_added_keur": Decimal(7300),
        "source_document": "a.txt",
        "source_line": 78,
    }
    assert list(course([raised], [forecast])) == [
        (
            "De begroting na reserves ging in de loop van het jaar met 11,0 miljoen euro omhoog,"
            " van 193,0 naar 204,0 miljoen.",
            "a.txt",
            428,
        ),
        (
            "Eerder in het jaar werd een nadeel van 7,9 miljoen euro verwacht; daarna kwam er 7,3"
            " miljoen euro begroting bij. De uitkomst was een voordeel van 5,5 miljoen euro.",
            "a.txt",
            78,
        ),
    ]
