"""Rows of cost tables that are no lines, and what stands beside their names; figures made up."""

import pytest

from doelenboom.sources.accounts.extraction.words.rows import kind_of
from tests.unit.sources.accounts.extraction.chapters import extracted

Actuals = dict[tuple[str, str], int]


def _actuals(head: str, *rows: str) -> Actuals:
    found = extracted(
        "Jaarstukken 2018\n\nProgramma 3 Sport en water\n\nWat heeft het gekost?\n\n"
        f"Bedragen x € 1.000\n\n{head}\n" + "\n".join(rows) + "\n"
    )
    assert {issue.kind for issue in found.issues} & {"contradiction", "unknown_sign"} == set()
    return {
        (row["line_item"], row["flow"]): row["actual_keur"]
        for row in found.tables["programme_finance"]
        if row["actual_keur"] is not None
    }


BESIDE = "Product\t\tBegroting na wijziging 2018\tRekening 2018"
SIDES = "Product\tBegroting na wijziging Lasten\tBegroting na wijziging Baten\tRekening 2018 Lasten"
SIDES += "\tRekening 2018 Baten"


@pytest.mark.parametrize(
    ("label", "flow", "item"),
    [
        ("Saldo van baten en lasten (B-L)", "net_cost", ""),
        ("Saldo van baten en lasten (A) Saldo", "net_cost", ""),
        ("Sport toevoegingen aan reserves", "transfer_to_reserves", "Sport"),
        ("Mutaties reserves onttrekkingen aan reserves", "transfer_from_reserves", ""),
        ("Saldo onttrekkingen / toevoegingen aan reserves (B)", "net_reserve_movement", ""),
        ("Wegen (A12)", "", "Wegen (A12)"),
    ],
)
def test_what_a_row_is_by_its_name(label: str, flow: str, item: str) -> None:
    kind = kind_of(label)
    assert (kind.flow, kind.item) == (flow, item)


def test_movements_of_reserves_stand_beside_a_name_as_costs_and_revenue_do() -> None:
    assert _actuals(
        BESIDE,
        "Sport\tBaten\t110\t120", "\tLasten\t500\t510", "\tSaldo\t-390\t-390",
        "Water\tBaten\t20\t30", "\tLasten\t90\t80", "\tSaldo\t-70\t-50",
        "Reservemutaties\tOnttrekking\t15\t25", "\tStorting\t5\t-",
        "Resultaat (Saldo+O-S)\tSaldo\t-450\t-415",
    ) == {
        ("Sport", "revenue"): 120, ("Sport", "expenses"): 510, ("Sport", "net_cost"): 390,
        ("Water", "revenue"): 30, ("Water", "expenses"): 80, ("Water", "net_cost"): 50,
        ("Totaal programma", "transfer_from_reserves"): 25,
        ("Totaal programma", "transfer_to_reserves"): 0,
        ("Totaal programma", "net_cost_after_reserves"): 415,
    }  # fmt: skip


def test_costs_and_revenue_that_add_up_those_below_are_no_line() -> None:
    rows = ["Sport en water\tBaten\t130\t150", "\tLasten\t590\t590", "Saldo\tSaldo\t-460\t-440"]
    rows += ["Sport\tBaten\t110\t120", "\tLasten\t500\t510", "\tSaldo\t-390\t-390"]
    rows += ["Water\tBaten\t20\t30", "\tLasten\t90\t80", "\tSaldo\t-70\t-50"]
    found = _actuals(BESIDE, *rows)
    assert {item for item, _ in found} == {"Totaal programma", "Sport", "Water"}
    assert found["Totaal programma", "net_cost"] == 440


def test_a_total_among_the_lines_and_results_below_them_are_no_lines() -> None:
    assert _actuals(
        SIDES,
        "Sport\t500\t110\t510\t120", "Water\t90\t20\t80\t30",
        "Totaal programma's 1 t/m 2\t590\t130\t590\t150",
        "Saldo van de financieringsfunctie\t7\t9\t8\t9", "Onvoorzien\t3\t\t\t",
        "Totaal lasten en baten excl. reserves\t600\t139\t598\t159",
        "Mutaties reserves\t5\t15\t4\t25", "Begrotingssaldo\t605\t154\t602\t184",
        "Resultaat jaarrekening\t\t\t\t418",
    ) == {
        ("Sport", "expenses"): 510, ("Sport", "revenue"): 120,
        ("Water", "expenses"): 80, ("Water", "revenue"): 30,
        ("Saldo van de financieringsfunctie", "expenses"): 8,
        ("Saldo van de financieringsfunctie", "revenue"): 9,
        ("Totaal programma", "expenses"): 598, ("Totaal programma", "revenue"): 159,
        ("Totaal programma", "transfer_to_reserves"): 4,
        ("Totaal programma", "transfer_from_reserves"): 25,
    }  # fmt: skip


def test_a_line_with_a_balance_alone_is_in_the_balance_of_all() -> None:
    found = _actuals(
        BESIDE,
        "Sport\tBaten\t110\t120", "\tLasten\t500\t510", "\tSaldo\t-390\t-390",
        "Onvoorzien\tSaldo\t-15\t-10", "Saldo van baten en lasten (A)\t\t-405\t-400",
        "Begrotingstekort\t\t-405\t-400",
    )  # fmt: skip
    assert found["Totaal programma", "net_cost"] == 400
    assert found["Onvoorzien", "net_cost"] == 10


def test_costs_are_below_nought_also_where_one_of_many_is_not() -> None:
    costs = [f"Taak {n}\t-{n}0\t-{n}5" for n in range(1, 13)]
    found = _actuals(
        "Taak\tBegroting na wijziging 2018\tRekening 2018", "Lasten:", *costs, "Rest\t30\t20",
        "Baten:", "Taak 1\t60\t40", "Taak 2\t50\t70",
    )  # fmt: skip
    assert found["Taak 2", "expenses"] == 25
    assert found["Rest", "expenses"] == -20


def test_the_taakveld_of_reserves_of_each_programme_is_its_own() -> None:
    found = _actuals(
        "Lasten\tBegroting na wijziging 2018\tRekening 2018",
        "1 Bouwen", "0.10 Mutaties reserves\t15\t25", "8.1 Ruimte\t70\t80", "Subtotaal\t85\t105",
        "2 Beheer", "0.10 Mutaties reserves\t8\t5", "2.1 Verkeer\t40\t30", "Subtotaal\t48\t35",
    )  # fmt: skip
    assert found["1 Bouwen", "transfer_to_reserves"] == 25
    assert found["2 Beheer", "transfer_to_reserves"] == 5


def test_balances_below_the_sides_of_each_name_are_theirs() -> None:
    found = _actuals(
        BESIDE,
        "Heffingen\tLasten\t5\t4", "\tBaten\t-110\t-120", "Saldo\t\t-105\t-116",
        "Uitkering\tLasten\t30\t40", "\tBaten\t-500\t-510", "Saldo\t\t-470\t-470",
        "Saldo van lasten en baten\t\t-575\t-586",
        "Reserves\tToevoeging\t15\t25", "\tOnttrekking\t-5\t-7", "Mutaties reserves\t\t10\t18",
        "Resultaat\t\t-565\t-568",
    )  # fmt: skip
    assert found["Uitkering", "net_cost"] == -470
    assert found["Totaal programma", "net_cost"] == -586
    assert found["Totaal programma", "transfer_to_reserves"] == 25
    assert found["Totaal programma", "net_cost_after_reserves"] == -568


def test_a_balance_below_reserves_holds_them_where_the_sums_say_so() -> None:
    found = _actuals(
        "Product\tBegroting na wijziging 2018\tRekening 2018",
        "Sport\t-500\t-510", "Water\t-90\t-80", "Totaal lasten\t-590\t-590",
        "Toevoegingen aan reserves\t-15\t-25", "Totaal lasten inclusief reserves\t-605\t-615",
        "Sport\t110\t120", "Water\t20\t30", "Totaal baten\t130\t150",
        "Onttrekkingen aan reserves\t5\t7", "Totaal baten inclusief reserves\t135\t157",
        "Saldo\t-470\t-458",
    )  # fmt: skip
    assert found["Totaal programma", "net_cost_after_reserves"] == 458
    assert found["Sport", "revenue"] == 120


def test_a_flow_above_the_second_column_of_names_heads_the_rows_below_it() -> None:
    found = _actuals(
        "Taakveld\t\tBegroting na wijziging\tRekening", "\t\t2018\t2018", "\tLasten:\t\t",
        "2.1\tVerkeer\t-500\t-510", "2.2\tParkeren\t-90\t-80",
        "\tBaten:\t\t", "2.1\tVerkeer\t110\t120", "2.2\tParkeren\t20\t30",
    )  # fmt: skip
    assert found["2.1 Verkeer", "expenses"] == 510
    assert found["2.2 Parkeren", "revenue"] == 30


def test_a_flow_below_heads_that_each_stand_on_a_line_heads_the_rows() -> None:
    rows = [("Sport", "- 10 N"), ("Water", "10 V"), ("Groen", "- 5 N"), ("Kunst", "- 5 N")]
    cells = ["Overzicht van baten en lasten", "Rekening 2017", "Rekening 2018", "Actuele begroting"]
    cells += ["Primitieve begroting", "Verschil begroot - werkelijk", "Lasten"]
    for name, difference in rows:
        cells += [name, "490", "510" if "N" in difference else "490", "500", "480", difference]
    found = extracted(
        "Jaarstukken 2018\n\nOverzicht baten en lasten\n\nx € 1.000\n" + "\n".join(cells)
    )
    finance = {row["line_item"]: row for row in found.tables["programme_finance"]}
    assert finance["Water"]["actual_keur"] == 490
    assert finance["Water"]["final_budget_keur"] == 500
    assert {row["amount_keur"] for row in found.tables["budget_years"]} == {490}


def test_movements_of_reserves_among_costs_and_among_revenue_are_held_by_their_totals() -> None:
    assert _actuals(
        "Kostensoort\tBegroting na wijziging 2018\tRekening 2018",
        "Salarislasten\t500\t510", "Verrekeningen met reserves\t15\t25", "Totaal lasten\t515\t535",
        "Bijdragen van derden\t-110\t-120", "Huren\t-30\t-20",
        "Verrekeningen met reserves\t-5\t-7", "Totaal baten\t-145\t-147", "Saldo\t370\t388",
    ) == {
        ("Salarislasten", "expenses"): 510,
        ("Bijdragen van derden", "revenue"): 120, ("Huren", "revenue"): 20,
        ("Totaal programma", "transfer_to_reserves"): 25,
        ("Totaal programma", "transfer_from_reserves"): 7,
        ("Totaal programma", "net_cost_after_reserves"): 388,
    }  # fmt: skip
