"""Amounts of other years and reserves: as the documents print them, added up, and no chapters."""

import csv
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import duckdb
import pytest

from doelenboom.settings import PROJECT_DIR
from tests.conftest import RealNight

TRANSCRIPTS = PROJECT_DIR.parent / "shared" / "data" / "programma_budgetten"


@pytest.fixture(scope="module")
def marts(real_night: RealNight) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(real_night.database), read_only=True) as connection:
        connection.execute("set schema 'marts'")
        yield connection


QUESTIONS: dict[str, tuple[str, list[tuple[Any, ...]]]] = {
    "social support in Enschede": (
        "select amount_year, phase, phase_basis, document_type, amount_keur::int"
        " from programme_budget_years where municipality_name = 'Enschede'"
        " and programme_name = 'Maatschappelijke ondersteuning' and flow = 'expenses'",
        [
            (2015, "actual", "stated", "programmabegroting", 183546),
            (2016, "original_budget", "not_stated", "programmabegroting", 189024),
            (2017, "original_budget", "stated", "programmabegroting", 185301),
        ],
    ),
    "the reserve for neighbourhood budgets": (
        "select opening_keur::int, interest_keur::int, added_keur::int, withdrawn_keur::int,"
        " closing_keur::int, source_line from reserve_movements"
        " where reserve_name = 'Reserve wijkbudgetten'",
        [(878, 0, 772, 992, 658, 14)],
    ),
    "disadvantage is a cost and a withdrawal is not": (
        "select flow, amount_keur::int from programme_budget_years where municipality_code = "
        "'GM0228' and programme_code = '01' and amount_year = 2016 order by flow",
        [
            ("expenses", 24728),
            ("revenue", 2897),
            ("transfer_from_reserves", 15445),
            ("transfer_to_reserves", 13403),
        ],
    ),
    "expenses below zero are expenses, a dash is nil, and 0.10 is reserves": (
        "select line_item, flow, amount_keur::int from programme_budget_years"
        " where municipality_code = 'GM0303' and (amount_year = 2017 and (is_total or"
        " starts_with(line_item, '6.5 ')) or amount_year = 2019 and is_total and"
        " flow = 'transfer_to_reserves') order by amount_year, line_item, flow",
        [
            ("6.5 Arbeidsparticipatie", "expenses", 0),
            ("Totaal programma", "expenses", 41459),
            ("Totaal programma", "revenue", 12693),
            ("Totaal programma", "transfer_from_reserves", 2728),
            ("Totaal programma", "transfer_to_reserves", 619),
            ("Totaal programma", "transfer_to_reserves", -12),
        ],
    ),
    "years ahead are forecasts, of one budget": (
        "select phase, list(distinct amount_year order by amount_year) from programme_budget_years"
        " where municipality_code = 'GM0303' group by phase order by phase",
        [("actual", [2017]), ("forecast", [2020, 2021, 2022]), ("original_budget", [2018, 2019])],
    ),
    "what belongs to no programme has the place of one, and totals have none": (
        "select line_item, amount_keur::int from programme_budget_years"
        " where programme_code = 'document' and municipality_code = 'GM0820'"
        " and flow = 'expenses' and phase = 'actual' order by line_item",
        [
            ("Algemene uitkering", 0),
            ("Dividenden", 0),
            ("Lokale heffingen", 210),
            ("Onvoorzien", 0),
            ("Overhead", 7063),
            ("Overige algemene dekkingsmiddelen", 0),
            ("Treasury", 780),
            ("Vennootschapsbelasting", 28),
        ],
    ),
    "programmes and what belongs to none add up to the total of Nuenen": (
        "select sum(amount_keur)::int from programme_budget_years where municipality_code = "
        "'GM0820' and flow = 'revenue' and phase = 'actual'",
        [(62147,)],
    ),
    "identities hold, or to a rounding": (
        "select identity, list(distinct status order by status), count(*) from reconciliation"
        " where starts_with(identity, 'year_') or identity = 'reserve_closing'"
        " group by identity order by identity",
        [
            ("reserve_closing", ["holds", "rounding"], 14),
            ("year_net_cost", ["holds", "rounding"], 120),
            ("year_net_cost_after_reserves_from_flows", ["holds", "rounding"], 21),
            ("year_net_reserve_movement", ["holds"], 15),
            ("year_sum_of_lines", ["holds"], 6),
            ("year_sum_of_programmes", ["holds", "rounding"], 45),
        ],
    ),
    "overviews are no chapters": (
        "select municipality_code, fiscal_year from programme_results",
        [("GM0153", 2013), ("GM0153", 2018)],
    ),
    "each document has its address and its kind": (
        "select count(*), count(address), list(distinct document_type order by document_type)"
        " from documents where source_document in (select source_document from"
        " programme_budget_years union select source_document from reserve_movements)",
        [(7, 7, ["jaarstukken", "programmabegroting"])],
    ),
}


@pytest.mark.parametrize("name", QUESTIONS)
def test_what_documents_hold_of_other_years(marts: duckdb.DuckDBPyConnection, name: str) -> None:
    question, expected = QUESTIONS[name]
    assert marts.execute(question).fetchall() == expected


def test_the_way_of_an_amount_leads_to_the_line_of_its_document(real_night: RealNight) -> None:
    key = (
        *("municipality_code=Enschede", "fiscal_year=2017", "programme_code=1"),
        *("line_item=Totaal programma", "flow=expenses", "amount_year=2016"),
        "phase=original_budget",
    )
    done = real_night.doelenboom("trace", "programme_budget_years", "amount_keur", *key)
    assert "189024" in done.stdout
    assert "seeds/accounts/budget_years.csv" in done.stdout
    assert "enschede_2015_2017_programmas.csv" in done.stdout
    assert "line 7" in done.stdout


@pytest.mark.parametrize(
    ("municipality_code", "told"),
    [
        ("GM0153", ("183.546", "189.024", "185.301", "Reserve wijkbudgetten", "658")),
        ("GM0228", ("24.728", "niet in dit document")),
    ],
)
def test_the_page_of_a_municipality_shows_them_without_goals(
    real_night: RealNight, municipality_code: str, told: tuple[str, ...]
) -> None:
    page = real_night.release / "site" / "gemeente" / municipality_code.lower() / "index.html"
    text = page.read_text(encoding="utf-8")
    assert [each for each in told if each not in text] == []
    places = list((real_night.release / "site" / "gemeente").glob("*/*/programma-*.html"))
    assert len(places) == 2


@pytest.mark.shared
@pytest.mark.skipif(not TRANSCRIPTS.is_dir(), reason="the shared data are not beside the project")
def test_every_amount_stands_on_the_line_that_it_names(marts: duckdb.DuckDBPyConnection) -> None:
    lines = {
        path.name: path.read_text(encoding="utf-8").splitlines()
        for path in TRANSCRIPTS.glob("*.csv")
    }
    rows = marts.execute(
        "select source_document, source_line, amount_keur from programme_budget_years union all"
        " select source_document, source_line, amount_keur from (unpivot reserve_movements on"
        " opening_keur, interest_keur, added_keur, withdrawn_keur, closing_keur"
        " into name part value amount_keur)"
    ).fetchall()
    assert len(rows) == 349 + 5 * 14
    strays = [
        (document, line, amount)
        for document, line, amount in rows
        if amount not in _amounts(lines[document][line - 1])
    ]
    assert strays == []


def _amounts(line: str) -> set[Decimal]:
    """Read the amounts of a line of a transcript, with either sign."""
    found = {Decimal(0)} if ",-," in line or line.endswith(",-") else set()
    for cell in next(csv.reader([line])):
        digits = cell.removesuffix(" N").removesuffix(" V").replace(".", "").lstrip("-")
        if digits.isdecimal():
            found |= {Decimal(digits), -Decimal(digits)}
    return found
