"""Tables with phases in their rows, and pages that are one line of their file; figures made up."""

import pytest

from doelenboom.sources.accounts.extraction.package.assembling import Extraction
from tests.unit.sources.accounts.extraction.chapters import extracted

PHASES = ("Primitieve begroting", "Begroting na wijziging", "Rekening 2018")


def _extracted(*rows: tuple[str, ...]) -> Extraction:
    table = "\n".join("\t".join(row) for row in rows)
    return extracted(f"Jaarstukken 2018\n\nWat heeft het gekost?\n\nx € 1.000\n\n{table}\n")


def _actuals(found: Extraction) -> dict[tuple[str, str], int]:
    return {
        (row["line_item"], row["flow"]): row["actual_keur"]
        for row in found.tables["programme_finance"]
    }


def test_phases_in_rows_become_columns() -> None:
    found = _extracted(
        ("", "Lasten", "Baten", "Saldo"),
        (PHASES[0], "6.000", "1.300", "4.700"),
        (PHASES[1], "6.512", "1.480", "5.032"),
        (PHASES[2], "6.604", "1.533", "5.071"),
        ("Afwijking", "-92", "53", "-39"),
    )
    costs = found.tables["programme_finance"][0]
    assert [costs[f"{phase}_keur"] for phase in ("original_budget", "final_budget", "actual")] == [
        *(6000, 6512, 6604)
    ]
    assert costs["variance_keur"] == -92
    assert {flow for _, flow in _actuals(found)} == {"expenses", "revenue", "net_cost"}


def test_a_phase_of_which_an_amount_is_lost_is_not_placed() -> None:
    found = _extracted(("", "Lasten", "Baten"), (PHASES[1], "1.480"), (PHASES[2], "6.604", "1.533"))
    assert _actuals(found) == {}
    assert "unread_table" in {issue.kind for issue in found.issues}


@pytest.mark.parametrize("beside", [True, False])
def test_line_items_stand_above_their_phases_or_before_them(beside: bool) -> None:
    named = [("Sport",), ("Kunst",)]
    amounts = [("6.512", "1.480", "6.604", "1.533"), ("512", "80", "604", "133")]
    rows: list[tuple[str, ...]] = []
    for (name,), (a, b, c, d) in zip(named, amounts, strict=True):
        first, then = (PHASES[1], a, b), (PHASES[2], c, d)
        rows += [(name, *first), ("", *then)] if beside else [(name, "", ""), first, then]
    found = _extracted(("Product", *([""] if beside else []), "Lasten", "Baten"), *rows)
    assert _actuals(found) == {
        ("Sport", "expenses"): 6604,
        ("Sport", "revenue"): 1533,
        ("Kunst", "expenses"): 604,
        ("Kunst", "revenue"): 133,
    }


def test_a_table_for_each_flow_with_its_phases_below_each_other() -> None:
    found = _extracted(
        ("Lasten", ""), (PHASES[1], "€ 6.512"), (PHASES[2], "€ 6.604"),
        ("",), ("Baten", ""), (PHASES[1], "€ 1.480"), (PHASES[2], "€ 1.533"),
    )  # fmt: skip
    assert _actuals(found) == {
        ("Totaal programma", "expenses"): 6604,
        ("Totaal programma", "revenue"): 1533,
    }


def test_rows_that_are_no_phases_stay_rows() -> None:
    found = _extracted(
        ("", "Lasten", "Baten"), (PHASES[1], "6.512", "1.480"), ("Sport", "6.604", "1.533")
    )
    assert found.tables["programme_finance"] == []
    assert "unread_table" in {issue.kind for issue in found.issues}


def test_a_page_that_is_one_line_is_read_as_its_lines_are_shown() -> None:
    table = (
        "<table><tr><th>x € 1.000</th><th>Begroting na wijziging 2018</th><th>Rekening 2018</th>"
        "</tr><tr><td>Lasten</td><td>90</td><td>95</td></tr>"
        "<tr><td>Baten</td><td>20</td><td>15</td></tr></table>"
    )
    other = "<table><tr><td>Wat</td><td>Hoe</td></tr><tr><td>Wegen</td><td>12</td><td>5</td></tr>"
    other += "<tr><td>Sloten</td><td>14</td><td>6</td></tr></table>"
    found = extracted(f"<h1>Programma 3</h1><h2>Kosten</h2>{table}<p>Meer.</p>{other}", "page.html")
    assert [row["source_line"] for row in found.tables["programme_finance"]] == [4, 5]
    lines = {issue.kind: issue.line for issue in found.issues}
    assert lines["unread_table"] == 7
    assert lines["left_out"] == 1
