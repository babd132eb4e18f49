"""Heads of one column of a cost table that says what no other does, or nothing; made up."""

from collections.abc import Sequence

import pytest

from doelenboom.sources.accounts.extraction.package.assembling import Extraction
from doelenboom.sources.accounts.extraction.tables.layout import read_layout
from tests.unit.sources.accounts.extraction.chapters import extracted

_HEADS = ("Begroting 2018 na wijziging", "Realisatie 2018")


def _read(*rows: Sequence[str]) -> Extraction:
    """Read a table of cells."""
    printed = ("".join(f"<td>{cell}</td>" for cell in row) for row in rows)
    table = "".join(f"<tr>{cells}</tr>" for cells in printed)
    page = f"<h2>Overzicht van baten en lasten</h2><p>Bedragen x € 1.000</p><table>{table}</table>"
    return extracted(f"<html><body>{page}</body></html>", "chapter.html")


def _figures(found: Extraction, item: str, flow: str) -> list[int | None]:
    """Return the budget after changes, the outcome and their difference of a line."""
    (row,) = (
        row
        for row in found.tables["programme_finance"]
        if (row["line_item"], row["flow"]) == (item, flow)
    )
    amounts = (row[f"{phase}_keur"] for phase in ("final_budget", "actual", "variance"))
    return [None if amount is None else int(amount) for amount in amounts]


def _named(found: Extraction) -> list[str]:
    return [issue.text for issue in found.issues if issue.kind == "unknown_column"]


def _kinds(found: Extraction) -> set[str]:
    kinds = {issue.kind for issue in found.issues}
    return kinds & {"contradiction", "unread_table", "unknown_flow", "part_row"}


def _with(*flows: str) -> tuple[str, ...]:
    return ("Product", *(f"{head} {flow}" for head in _HEADS for flow in flows))


@pytest.mark.parametrize(
    "head",
    ["Mutatie reserves", "Mutaties in de reserves", "Reservemutaties", "Verrekening met reserves",
     "Toevoegingen en onttrekkingen reserves"],
)  # fmt: skip
def test_a_column_of_movements_of_reserves_makes_the_balance_behind_it_that_after_them(
    head: str,
) -> None:
    found = _read(
        _with("Lasten", "Baten", head, "Saldo"),
        ("Wonen", "500", "-120", "-30", "350", "480", "-110", "-20", "350"),
        ("Zorg", "800", "-200", "15", "615", "830", "-190", "10", "650"),
    )
    assert _figures(found, "Wonen", "net_reserve_movement")[:2] == [-30, -20]
    assert _figures(found, "Zorg", "net_cost_after_reserves")[:2] == [615, 650]
    assert not _kinds(found)
    assert not _named(found)


def test_a_balance_behind_movements_of_reserves_is_that_before_them_where_its_sums_say_so() -> None:
    found = _read(
        _with("Lasten", "Baten", "Mutatie reserves", "Saldo"),
        ("Wonen", "500", "120", "-30", "380", "480", "110", "-20", "370"),
        ("Zorg", "800", "200", "15", "600", "830", "190", "10", "640"),
    )
    assert _figures(found, "Zorg", "net_cost")[:2] == [600, 640]
    assert not _kinds(found)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Saldo van baten en lasten", "Resultaat"),
        ("Totaalsaldo lasten en baten", "Gerealiseerd resultaat"),
        ("Saldo voor bestemming", "Saldo na bestemming"),
        ("Resultaat voor bestemming", "Resultaat na bestemming"),
        ("Saldo exclusief mutaties reserves", "Saldo inclusief mutaties reserves"),
        ("Saldo", "Saldo"),
    ],
)
def test_balances_before_and_after_reserves_are_told_by_their_names_or_order(
    before: str, after: str
) -> None:
    found = _read(
        _with("Lasten", "Baten", before, "Mutatie reserves", after),
        ("Wonen", "500", "120", "-380", "30", "-350", "480", "110", "-370", "20", "-350"),
        ("Zorg", "800", "200", "-600", "-15", "-615", "830", "190", "-640", "-10", "-650"),
    )
    assert _figures(found, "Wonen", "net_cost")[:2] == [380, 370]
    assert _figures(found, "Wonen", "net_reserve_movement")[:2] == [-30, -20]
    assert _figures(found, "Zorg", "net_cost_after_reserves")[:2] == [615, 650]
    assert not _kinds(found)


_SIDES = ("Programma", "Primitief 2018", *_with("Lasten", "Baten", "Saldo")[1:], "Saldo 2018")
_LINES = (
    ("Wonen", "360", "500", "120", "380", "480", "110", "370", "-10"),
    ("Zorg", "-90", "800", "900", "-100", "830", "890", "-60", "40"),
    ("Saldo voor bestemming", "270", "1.300", "1.020", "280", "1.310", "1.000", "310", "30"),
)


def test_columns_without_a_flow_are_balances_where_the_sums_of_their_rows_hold() -> None:
    found = _read(_SIDES, *_LINES)
    assert _figures(found, "Wonen", "net_cost") == [380, 370, 10]
    (row,) = (
        row
        for row in found.tables["programme_finance"]
        if (row["line_item"], row["flow"]) == ("Zorg", "net_cost")
    )
    assert int(row["original_budget_keur"] or 0) == -90
    assert not _named(found)


def test_columns_without_a_flow_of_which_no_sum_holds_are_named_and_the_rest_is_read() -> None:
    changed = [(row[0], str(90 + n), *row[2:-1], str(70 + n)) for n, row in enumerate(_LINES)]
    found = _read(_SIDES, *changed)
    assert _named(found) == ["Primitief 2018", "Saldo 2018"]
    assert _figures(found, "Wonen", "net_cost") == [380, 370, None]
    assert _figures(found, "Wonen", "expenses") == [500, 480, None]


@pytest.mark.parametrize(
    "head",
    ["Afwijking in %", "Realisatie 2018 in procenten", "Index 2018", "Cumulatieve realisatie 2018",
     "Rekening per inwoner", "Mutatie begroting 2018", "Mutatie", "Verplichtingen", "Code X"],
)  # fmt: skip
@pytest.mark.parametrize("cell", ["98", "98,5", "a"])
def test_a_column_that_is_none_of_a_cost_table_is_named_and_the_rest_is_read(
    head: str, cell: str
) -> None:
    found = _read(
        ("Product", *_HEADS, head, "Afwijking 2018"),
        ("Lasten", "1.300", "1.310", cell, "-10"),
        ("Baten", "1.020", "1.000", cell, "-20"),
        ("Saldo", "280", "310", cell, "-30"),
    )
    assert _named(found) == [head]
    assert _figures(found, "Totaal programma", "revenue") == [1020, 1000, -20]
    assert not _kinds(found)


def test_two_columns_that_say_the_same_are_named_and_the_rest_is_read() -> None:
    found = _read(
        ("Product", "Primitieve begroting 2018", _HEADS[0], _HEADS[1], _HEADS[1]),
        ("Lasten", "1.250", "1.300", "1.310", "1.290"),
        ("Baten", "1.020", "1.020", "1.000", "1.000"),
    )
    assert _named(found) == [_HEADS[1], _HEADS[1]]
    assert _figures(found, "Totaal programma", "expenses") == [1300, None, None]


def test_one_more_column_leaves_the_costs_and_revenue_of_one_phase_read() -> None:
    found = _read(
        ("Product", "Realisatie 2018 lasten", "Realisatie 2018 baten", "Aandeel"),
        ("Wonen", "480", "110", "12"),
        ("Zorg", "830", "190", "88"),
    )
    assert _figures(found, "Zorg", "revenue") == [None, 190, None]
    assert _named(found) == ["Aandeel"]


@pytest.mark.parametrize(
    ("budget", "actual"),
    [
        ("2018gew. begr.", "2018werk."),
        ("Gew. begr. 2018", "Rek. 2018"),
        ("Begr. 2018 act.", "Real. 2018"),
        ("Bijgest. begr. 2018", "2018 rek"),
        ("Begr 2018 na wijz.", "JR2018"),
    ],
)
def test_phases_are_known_by_their_abbreviations(budget: str, actual: str) -> None:
    found = _read(
        ("Product", "Prim. begr. 2018", budget, actual),
        ("Lasten", "1.250", "1.300", "1.310"),
        ("Baten", "1.020", "1.030", "1.000"),
    )
    assert _figures(found, "Totaal programma", "expenses")[:2] == [1300, 1310]
    assert not _named(found)


_FLOWS = ("Lasten", "Baten", "Saldo")
_COMPARED = (*_with(*_FLOWS), *(f"Verschil {flow}" for flow in _FLOWS))
_VARIANCES = (
    ("Wonen", "500", "120", "380", "480", "110", "370", "20", "10", "-10"),
    ("Zorg", "800", "200", "600", "830", "190", "640", "-30", "10", "40"),
)


def test_variances_of_each_flow_may_have_a_side_of_their_own() -> None:
    found = _read(_COMPARED, *_VARIANCES)
    assert _figures(found, "Wonen", "revenue") == [120, 110, -10]
    assert _figures(found, "Zorg", "net_cost") == [600, 640, -40]
    assert not _kinds(found)


def test_a_variance_that_goes_another_way_than_others_of_its_flow_contradicts_them() -> None:
    odd = (*_VARIANCES[1][:-2], "-10", "40")
    assert "contradiction" in _kinds(_read(_COMPARED, _VARIANCES[0], odd))


def test_what_a_minus_means_in_balances_is_told_by_the_head_of_one() -> None:
    amounts = ["Begroting 2018 lasten", "Begroting 2018 baten"]
    told = read_layout(["Realisatie 2016 (- = voordelig saldo)", *amounts], 2018)
    of_variance = read_layout([*amounts, "Rekening 2018 lasten", "Saldo (- = nadeel)"], 2018)
    assert told and told.balances_minus_is == "voordeel"
    assert not (of_variance and of_variance.balances_minus_is)
