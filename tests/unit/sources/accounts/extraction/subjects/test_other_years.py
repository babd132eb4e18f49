"""Columns of other years of a cost table: taken with their year and phase, or named."""

from typing import Any

from tests.unit.sources.accounts.extraction.chapters import extracted

BUDGET = (
    "2.1 Zorg 2019\nBedragen x € 1.000\n"
    "\tRekening 2017\tBegroting 2018\tBegroting 2019\tRaming 2020\tRaming 2021\n"
    "Wmo\nLasten\t{first}\t650\t660\t670\t680\nBaten\t100\t50\t60\t70\t80\n"
    "Saldo\t{balance}\t600\t600\t600\t600\n"
)


def _amounts(text: str, name: str = "chapter.txt", year: int = 2018) -> list[tuple[Any, ...]]:
    return [
        (
            *(row["line_item"], row["flow"], row["amount_year"], row["phase"]),
            *(row["phase_basis"], row["amount_keur"], row["value_status"], row["source_line"]),
        )
        for row in extracted(text, name, year).tables["budget_years"]
    ]


def _named(text: str, year: int = 2018) -> list[str]:
    issues = extracted(text, year=year).issues
    return [issue.problem for issue in issues if "Kolommen van" in issue.problem]


def test_earlier_accounts_beside_the_year_of_the_chapter_are_taken() -> None:
    text = (
        "2.1 Zorg\nBedragen x € 1.000 Rekening 2017 Begroting 2018 na wijziging Rekening 2018 Verschil\n"  # noqa: E501
        "Lasten 77 500 400 100\nBaten 88 20 30 10\n"
    )
    total, said = "Totaal programma", ("actual", "stated")
    assert _amounts(text) == [
        (total, "expenses", 2017, *said, 77, "reported", 3),
        (total, "revenue", 2017, *said, 88, "reported", 4),
    ]
    [row] = [
        row for row in extracted(text).tables["programme_finance"] if row["flow"] == "expenses"
    ]
    assert (row["final_budget_keur"], row["actual_keur"]) == (500, 400)


def test_a_budget_of_another_year_says_no_moment_and_years_ahead_are_forecast() -> None:
    found = _amounts(BUDGET.format(first=700, balance=600), year=2019)
    expenses = {row[2]: row[3:6] for row in found if row[1] == "expenses"}
    assert expenses == {
        2017: ("actual", "stated", 700),
        2018: ("original_budget", "not_stated", 650),
        2020: ("forecast", "stated", 670),
        2021: ("forecast", "stated", 680),
    }
    assert {row[2] for row in found if row[1] == "net_cost"} == {2017, 2018, 2020, 2021}


def test_a_year_that_contradicts_itself_is_named_with_its_lines_and_not_taken() -> None:
    text = BUDGET.format(first=700, balance=500)
    assert {row[2] for row in _amounts(text, year=2019)} == {2018, 2020, 2021}
    assert _named(text, 2019) == [
        "Kolommen van 2017 (regels 3 t/m 7): zij sluiten niet op hun sommen; niet overgenomen."
    ]


def test_costs_below_zero_and_a_balance_as_result_are_turned_round_in_other_years_too() -> None:
    text = (
        "2.1 Zorg\nBedragen x € 1.000\n\tRekening 2017\tPrimitieve begroting 2018\tRekening 2018\n"
        "Lasten\t-1.723\t-4.457\t-2.793\nBaten\t693\t90\t822\nSaldo\t-1.030\t-4.367\t-1.971\n"
    )
    amounts = {(row[1], row[2]): row[5] for row in _amounts(text)}
    assert amounts == {
        ("expenses", 2017): 1723,
        ("revenue", 2017): 693,
        ("net_cost", 2017): 1030,
    }


def test_a_dash_that_no_sum_proves_is_left_empty_and_counted() -> None:
    text = (
        "2.1 Zorg\nBedragen x € 1.000\n\tRekening 2017\tPrimitieve begroting 2018\tRekening 2018\n"
        "Lasten\t-\t500\t400\nBaten\t10\t20\t30\n"
    )
    assert [(row[1], row[5], row[6]) for row in _amounts(text)] == [
        ("expenses", None, "not_captured"),
        ("revenue", 10, "reported"),
    ]
    assert _named(text) == [
        "Kolommen van 2017 (regels 3 t/m 5): 1 bedragen staan niet vast; leeg gelaten."
    ]


def test_two_budgets_of_one_year_that_say_no_moment_are_named() -> None:
    text = (
        "2.1 Zorg\nBedragen x € 1.000\n"
        "\tBegroting 2017\tBegroting 2017\tPrimitieve begroting 2018\tRekening 2018\n"
        "Lasten\t480\t490\t500\t400\nBaten\t10\t10\t20\t30\n"
    )
    assert _amounts(text) == []
    assert "hun koppen zeggen niet zeker wat zij zijn" in _named(text)[0]


def test_a_guessed_unit_makes_them_partially_reported() -> None:
    text = (
        "2.1 Zorg\n\tRekening 2017\tPrimitieve begroting 2018\tRekening 2018\n"
        "Lasten\t480\t500\t400\nBaten\t10\t20\t30\n"
    )
    assert {row[6] for row in _amounts(text)} == {"partially_reported"}
