"""Heads of public budgets that say what a column is only together with what stands around them."""

from collections.abc import Sequence

import pytest

from doelenboom.sources.accounts.extraction.package.assembling import Extraction
from doelenboom.sources.accounts.extraction.tables.heads import phases_in
from tests.unit.sources.accounts.extraction.chapters import extracted, table_of

COSTS = "<h2>Overzicht van baten en lasten</h2>"
SIDES = (
    ("", "Lasten", "Baten", "Saldo"),
    ("1. Wonen", "300", "100", "200"),
    ("2. Zorg", "500", "250", "250"),
    ("Totaal", "800", "350", "450"),
)
HEADS = ("Rekening 2016", "Begroting 2018")
MOVEMENTS = (
    ("Stand per 1 januari", "400", "350"),
    ("Vermeerderingen", "50", "60"),
    ("Verminderingen", "100", "10"),
    ("Stand per 31 december", "350", "400"),
)


def _page(*parts: str) -> Extraction:
    body = "\n".join([*parts[:-1], "<p>Bedragen x € 1.000</p>", parts[-1]])
    return extracted(f"<html><body>{body}</body></html>", "chapter.html")


def _figures(found: Extraction, column: str) -> dict[tuple[str, str], int]:
    return {
        (row["line_item"], row["flow"]): int(row[column])
        for row in found.tables["programme_finance"]
        if row[column] is not None
    }


def _unread(found: Extraction) -> bool:
    return "unread_table" in {issue.kind for issue in found.issues}


def test_a_head_does_not_reach_below_the_next_head_of_a_row_above() -> None:
    rows = [
        ("", "Begroting", "Begroting", "Raming"),
        ("", "2018", "2018", "2019"),
        ("", "primair", "na wijziging", ""),
        ("Lasten", "700", "720", "690"),
        ("Baten", "200", "210", "220"),
        ("Saldo", "500", "510", "470"),
    ]
    found = _page("<h1>Voorjaarsnota 2018</h1>", COSTS, table_of(rows))
    assert {row["phase"] for row in found.tables["budget_years"]} == {"forecast"}
    assert _figures(found, "final_budget_keur")["Totaal programma", "net_cost"] == 510


def test_movements_of_reserves_in_columns_of_balances_are_what_their_rows_say() -> None:
    rows = [
        ("", "Begroting 2018 primitief<br>Saldo", "Begroting 2018 na wijziging<br>Saldo"),
        ("1. Wonen", "-300", "-320"),
        ("2. Zorg", "-500", "-510"),
        ("Saldo van baten en lasten", "-800", "-830"),
        ("Toevoeging aan reserves", "-40", "-50"),
        ("Onttrekking aan reserves", "90", "95"),
        ("Resultaat", "-750", "-785"),
    ]
    figures = _figures(_page("<h1>Begroting 2018</h1>", COSTS, table_of(rows)), "final_budget_keur")
    assert figures["1. Wonen", "net_cost"] == 320
    assert figures["Totaal programma", "transfer_to_reserves"] == 50
    assert figures["Totaal programma", "transfer_from_reserves"] == 95
    assert figures["Totaal programma", "net_cost_after_reserves"] == 785


@pytest.mark.parametrize(
    ("years", "read"),
    [(("2018", "2019", "2020"), True), (("2018",), False), (("2018", "2020"), False)],
)
def test_years_that_go_on_behind_earlier_columns_into_years_ahead_are_budgets(
    years: tuple[str, ...], read: bool
) -> None:
    heads = ("", "Rekening 2016", "Begroting 2017", *years)
    width = len(heads) - 1
    rows = [heads, ("Lasten", *["700"] * width), ("Baten", *["200"] * width)]
    found = _page(COSTS, table_of([*rows, ("Saldo", *["500"] * width)]))
    assert bool(_figures(found, "original_budget_keur")) == read
    assert read or found.issues


@pytest.mark.parametrize(
    ("above", "column"),
    [
        (["<h1>Begroting 2018</h1>", COSTS], "original_budget_keur"),
        (["<h1>Jaarstukken 2018</h1>", COSTS, "<h3>Rekening 2018</h3>"], "actual_keur"),
        (["<h1>Jaarstukken</h1>", COSTS, "<h3>Actuele begroting</h3>"], "final_budget_keur"),
    ],
)
def test_columns_of_costs_and_revenue_are_of_the_phase_that_stands_above_them(
    above: list[str], column: str
) -> None:
    found = _page(*above, table_of(SIDES))
    assert _figures(found, column)["Totaal programma", "net_cost"] == 450
    assert not _unread(found)


@pytest.mark.parametrize(
    "above",
    [
        ["<h1>Begroting 2019</h1>", COSTS],
        ["<h1>Begroting 2018</h1>", "<h2>Incidentele baten en lasten</h2>"],
        ["<h1>Jaarstukken 2018</h1>", COSTS],
        ["<h1>Jaarstukken 2018</h1>", COSTS, "<h3>Begroting 2018</h3>"],
        ["<h1>Jaarstukken 2018</h1>", COSTS, "<h3>Rekening 2017</h3>"],
        ["<h1>Begroting 2018</h1>", COSTS, "<p>De rekening 2018 volgt later</p>"],
    ],
)
def test_a_phase_that_is_not_certain_is_not_taken_from_above(above: list[str]) -> None:
    found = _page(*above, table_of(SIDES))
    assert found.tables["programme_finance"] == []
    assert _unread(found)


def test_a_flow_above_a_table_of_cells_is_that_of_its_rows() -> None:
    rows = [
        ("", "Begroting 2018 na wijziging", "Rekening 2018", "Verschil"),
        ("3.1 Economie", "300", "320", "20"),
        ("8.3 Wonen", "500", "470", "-30"),
    ]
    found = _page("<h1>Jaarstukken 2018</h1>", COSTS, "<h3>Lasten</h3>", table_of(rows))
    assert _figures(found, "actual_keur") == {
        ("3.1 Economie", "expenses"): 320,
        ("8.3 Wonen", "expenses"): 470,
    }


def _reserves(found: Extraction) -> dict[str, list[int]]:
    columns = ("opening_keur", "added_keur", "withdrawn_keur", "closing_keur")
    return {
        row["reserve_name"]: [int(row[each]) for each in columns]
        for row in found.tables["reserves"]
    }


def test_of_reserves_over_several_years_those_of_the_year_are_read() -> None:
    heads = ["Naam reserve"]
    for year in (2017, 2018, 2019):
        heads += [f"saldo begin {year}", f"vermeer-deringen {year}", f"vermin-deringen {year}"]
    row = ["Egalisatiereserve", "90", "20", "10", "100", "30", "50", "80", "5", "15"]
    found = _page("<h2>Reserves</h2>", table_of([[*heads, "saldo eind 2019"], [*row, "70"]]))
    assert _reserves(found) == {"Egalisatiereserve": [100, 30, 50, 80]}


def test_a_table_for_each_reserve_has_its_name_above_and_its_years_side_by_side() -> None:
    table = table_of([("", "2018", "2019"), *MOVEMENTS])
    assert _reserves(_page("<h3>Reserve bruggen</h3>", table)) == {
        "Reserve bruggen": [400, 50, 100, 350]
    }


@pytest.mark.parametrize(
    ("heading", "heads"),
    [("Reserve bruggen", ("", "2019", "2020")), ("Reserve bruggen", ("", "Bedrag", "Raming"))],
)
def test_what_looks_like_reserves_and_is_not_read_is_named(
    heading: str, heads: Sequence[str]
) -> None:
    found = _page(f"<h3>{heading}</h3>", table_of([heads, *MOVEMENTS]))
    assert _reserves(found) == {}
    assert _unread(found)


def test_names_of_statutory_indicators_without_a_table_that_is_read_are_named() -> None:
    text = "Verplichte indicatoren\nFormatie\n7,9\nBezetting\n7,6\n"
    found = extracted(text)
    assert found.tables["statutory_indicators"] == []
    assert [issue.text for issue in found.issues if issue.kind == "statutory"] == [
        "Formatie",
        "Bezetting",
    ]


def test_a_head_does_not_take_the_adjective_of_the_next() -> None:
    assert phases_in("Begroting 2018 Bijgestelde begroting 2018") == ["budget", "final_budget"]
    assert phases_in("Begroting 2018 Oorspronkelijke begroting") == ["budget", "original_budget"]


@pytest.mark.parametrize(("name", "total"), [("taakvelden", True), ("onderhoud", False)])
def test_a_row_that_says_total_is_no_line_of_its_own(name: str, total: bool) -> None:
    rows = [
        ("", "Begroting 2018 primitief<br>Lasten", "Rekening 2018<br>Lasten"),
        ("0.1 Bestuur", "300", "310"),
        ("2.1 Verkeer", "500", "480"),
        (f"Totaal {name}", "800", "790"),
    ]
    found = _page(COSTS, table_of(rows))
    assert {item for item, _ in _figures(found, "actual_keur")} - {"Totaal programma"} == {
        "0.1 Bestuur",
        "2.1 Verkeer",
    }
    assert (("Totaal programma", "expenses") in _figures(found, "actual_keur")) == total
    assert total or "part_row" in {issue.kind for issue in found.issues}


def test_costs_of_all_years_beside_revenue_of_all_years_are_of_one_budget() -> None:
    rows = [
        ("", *(f"{flow} {head}" for flow in ("Lasten", "Baten") for head in HEADS)),
        ("Wonen", "300", "310", "100", "120"),
        ("Zorg", "500", "480", "200", "230"),
        ("Totaal", "800", "790", "300", "350"),
    ]
    figures = _figures(
        _page("<h1>Begroting 2018</h1>", COSTS, table_of(rows)), "original_budget_keur"
    )
    assert figures["Zorg", "expenses"] == 480
    assert figures["Zorg", "revenue"] == 230


@pytest.mark.parametrize(
    ("heading", "name"),
    [("", "2018"), ("", "begroting 2018"), ("Algemene reserve", "jaarrekening")],
)
def test_a_year_or_budget_is_no_name_of_a_reserve(heading: str, name: str) -> None:
    heads = ("", "Stand 1-1", "Toevoeging", "Onttrekking", "Stand 31-12")
    table = table_of([heads, (heading, "", "", "", ""), (name, "400", "50", "100", "350")])
    found = _page("<h2>Verloop reserves</h2>", table)
    assert _reserves(found) == {}
    assert "unproved_row" in {issue.kind for issue in found.issues}


@pytest.mark.parametrize(("cells", "read"), [(("- 40", "- 20"), True), (("- 40", "20"), False)])
def test_a_dash_apart_from_an_amount_is_a_minus_where_it_is_so_more_often(
    cells: tuple[str, str], read: bool
) -> None:
    rows = [
        ("", "Begroting 2018 primitief", "Rekening 2018"),
        ("Lasten", "100", "110"),
        ("Baten", *cells),
    ]
    found = _page(COSTS, table_of(rows))
    assert (("Totaal programma", "revenue") in _figures(found, "actual_keur")) == read
    assert read or "unreadable_row" in {issue.kind for issue in found.issues}


def test_a_unit_that_is_guessed_for_reserves_is_said() -> None:
    table = table_of([("", "2018", "2019"), *MOVEMENTS])
    page = f"<html><body><h3>Reserve bruggen</h3>{table}</body></html>"
    found = extracted(page, "chapter.html")
    assert _reserves(found) == {"Reserve bruggen": [400, 50, 100, 350]}
    assert "unknown_unit" in {issue.kind for issue in found.issues}


def test_a_decimal_more_than_the_others_have_may_be_a_footnote() -> None:
    rows = [
        ("", "Begroting 2018 primitief", "Rekening 2018"),
        ("Lasten", "11,6", "12,4"),
        ("Baten", "3,5", "4,21"),
        ("Saldo", "8,1", "8,2"),
    ]
    found = _page(COSTS, table_of(rows))
    assert ("Totaal programma", "revenue") not in _figures(found, "actual_keur")
    assert ("Totaal programma", "expenses") in _figures(found, "actual_keur")
    assert any("voetnoot" in issue.problem for issue in found.issues)


def _of_a_phase(phase: str, *amounts: str, head: str = "Programma") -> list[str]:
    rows = [(head, "Baten", "Lasten", "Saldo"), ("1. Wonen", *amounts), ("Totaal", *amounts)]
    return [f"<h3>{phase}</h3>", table_of(rows)]


@pytest.mark.parametrize("head", ["Programma", "Omschrijving"])
def test_tables_with_the_same_columns_each_of_another_phase_are_read_together(head: str) -> None:
    first = _of_a_phase("Nominale begroting 2018", "100", "300", "200")
    found = _page("<h1>Jaarstukken</h1>", COSTS, *first,
                  *_of_a_phase("Realisatie 2018", "120", "310", "190", head=head))  # fmt: skip
    assert _figures(found, "original_budget_keur")["1. Wonen", "expenses"] == 300
    assert _figures(found, "actual_keur")["1. Wonen", "expenses"] == 310
    assert not {"contradiction", "unread_table"} & {issue.kind for issue in found.issues}
    assert any("bij de regels van die op regel" in note for note in found.notes)


def test_a_table_that_repeats_a_phase_is_no_other_one() -> None:
    both = (_of_a_phase("Realisatie 2018", "120", each, "190") for each in ("310", "311"))
    found = _page("<h1>Jaarstukken</h1>", COSTS, *(part for table in both for part in table))
    assert _figures(found, "actual_keur")["1. Wonen", "expenses"] == 310
    assert "contradiction" in {issue.kind for issue in found.issues}


def test_the_result_beside_movements_of_reserves_is_that_after_them() -> None:
    heads = ("", "Baten", "Lasten", "Saldo", "Toevoeging reserves", "Onttrekking reserves")
    amounts = ("455", "4.278", "-3.823", "76", "38", "-3.861")
    table = table_of([(*heads, "Resultaat"), ("1. Wonen", *amounts), ("Totaal", *amounts)])
    found = _page("<h1>Jaarstukken</h1>", COSTS, "<h3>Realisatie 2018</h3>", table)
    figures = _figures(found, "actual_keur")
    assert figures["1. Wonen", "transfer_to_reserves"] == 76
    assert figures["1. Wonen", "net_cost_after_reserves"] == 3861
