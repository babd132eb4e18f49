"""Layouts and dirt seen in the accounts of municipalities, with made-up figures."""

from decimal import Decimal

import pytest

from tests.unit.sources.accounts.extraction.chapters import amounts, finance_of

TOTAL = "Totaal programma"
HEAD = "Bedragen x 1.000 euro Primitieve begroting Begroting na wijziging Rekening Verschil"


def _totals(text: str, name: str = "chapter.txt") -> dict[str, list[Decimal | None]]:
    rows, issues = finance_of(text, name)
    assert issues == []
    return {flow: amounts(row) for (item, flow), row in rows.items() if item == TOTAL}


def test_sides_after_the_amounts_give_the_signs() -> None:
    text = (
        "Bedragen x € 1.000 Rekening 2017 Primitief 2018 Actueel 2018 Rekening 2018 Verschil 2018\n"
        "Lasten 999 N 2.000 N 2.100 N 1.900 N 200 V\n"
        "Baten 1 V 300 V 300 V 250 V 50 N\n"
        "Saldo 998 N 1.700 N 1.800 N 1.650 N 150 V\n"
    )
    assert _totals(text) == {
        "expenses": [2000, 2100, 1900, 200],
        "revenue": [300, 300, 250, -50],
        "net_cost": [1700, 1800, 1650, 150],
    }


def test_costs_printed_below_zero_are_turned_round() -> None:
    text = (
        f"{HEAD}\nLasten -2.000 -2.100 -1.900 200\nBaten 300 300 250 -50\n"
        "Saldo -1.700 -1.800 -1.650 150\n"
    )
    assert _totals(text) == {
        "expenses": [2000, 2100, 1900, 200],
        "revenue": [300, 300, 250, -50],
        "net_cost": [1700, 1800, 1650, 150],
    }


@pytest.mark.parametrize("first", ["Lasten", "Baten"])
def test_three_columns_for_each_phase(first: str) -> None:
    flows = "Lasten Baten Saldo" if first == "Lasten" else "Baten Lasten Saldo"
    cells = (
        ("12.000 3.000", "11.000 4.000") if first == "Lasten" else ("3.000 12.000", "4.000 11.000")
    )
    text = (
        "Bedragen x € 1.000 Primitieve begroting Realisatie\n"
        f"{flows} {flows}\n"
        f"Zorg {cells[0]} -9.000 {cells[1]} -7.000\n"
        f"Totaal {cells[0]} -9.000 {cells[1]} -7.000\n"
    )
    rows, issues = finance_of(text)
    assert issues == []
    assert amounts(rows["Zorg", "expenses"]) == [12000, None, 11000, None]
    assert amounts(rows["Zorg", "revenue"]) == [3000, None, 4000, None]
    assert amounts(rows[TOTAL, "net_cost"]) == [9000, None, 7000, None]


def test_a_dash_is_nil_where_a_sum_proves_it_and_open_elsewhere() -> None:
    text = f"{HEAD}\nLasten 500 - 20 -20\nBaten - 10 10 -\n"
    rows, issues = finance_of(text)
    assert amounts(rows[TOTAL, "expenses"]) == [500, 0, 20, -20]
    assert amounts(rows[TOTAL, "revenue"]) == [None, 10, 10, 0]
    assert [(issue.line, issue.kind) for issue in issues] == [(3, "dash")]


def test_silence_is_missing_and_not_nil() -> None:
    rows, _ = finance_of(f"{HEAD}\nLasten n.n.b. 500 400 100\nBaten 1 2 3 1\n")
    assert amounts(rows[TOTAL, "expenses"]) == [None, 500, 400, 100]


def test_figures_on_lines_below_their_label_are_one_row() -> None:
    text = f"{HEAD}\nLasten\n\n500\n\n500\n\n400\n\n100\nBaten\n1\n2\n3\n1\n"
    assert _totals(text)["expenses"] == [500, 500, 400, 100]


def test_whole_euros_become_thousands() -> None:
    text = (
        "Bedragen in euro's\nPrimitieve begroting Begroting na wijziging Rekening Verschil\n"
        "Lasten 1.500.250 1.500.250 1.400.000 100.250\nBaten 0 0 500 500\n"
    )
    assert _totals(text)["expenses"] == [
        Decimal(value) for value in ("1500.25", "1500.25", "1400", "100.25")
    ]


def test_another_year_is_set_aside() -> None:
    text = (
        "Bedragen x 1.000 Rekening 2017 Begroting 2018 na wijziging Rekening 2018 Verschil\n"
        "Lasten 77 500 400 100\nBaten 88 20 30 10\n"
    )
    assert _totals(text)["expenses"] == [None, 500, 400, 100]


def test_a_row_that_contradicts_its_total_is_kept_as_printed_and_said() -> None:
    text = f"{HEAD}\nWegen 10 20 15 5\nParkeren 30 40 35 5\nTotaal lasten 40 60 99 10\n"
    rows, issues = finance_of(text)
    assert amounts(rows[TOTAL, "expenses"]) == [40, 60, 99, 10]
    assert {issue.kind for issue in issues} == {"contradiction"}
    assert {issue.line for issue in issues} == {4}
    assert any(issue.candidates == ("99", "50") for issue in issues)


def test_two_budgets_without_an_adjective_are_not_placed() -> None:
    text = "Bedragen x 1.000 Begroting Begroting Rekening\nLasten 1 2 3\nBaten 4 5 6\n"
    rows, issues = finance_of(text)
    assert all(amounts(row)[:2] == [None, None] for row in rows.values())
    assert any(issue.kind == "unknown_column" for issue in issues)


def test_rows_without_a_flow_are_reported_with_their_figures() -> None:
    text = f"{HEAD}\nWegen 10 20 15 5\nTotaal lasten 10 20 15 5\nParkeren 30 40 35 5\n"
    rows, issues = finance_of(text)
    assert ("Parkeren", "expenses") not in rows
    (issue,) = [issue for issue in issues if issue.kind == "unknown_flow"]
    assert issue.line == 4
    assert "30" in issue.candidates[0]


def test_lines_with_rows_of_their_own_are_told_apart_by_their_headings() -> None:
    text = (
        "2.1 Zorg\n\nBedragen x 1.000 Primitieve begroting Actuele begroting Rekening Verschil\n"
        "01 Jeugdzorg\nLasten 200 N 210 N 190 N 20 V\nBaten 10 V 10 V 15 V 5 V\n"
        "02 Wmo 2015\nLasten 300 N 310 N 320 N 10 N\nBaten 20 V 20 V 10 V 10 N\n"
        "Programma 2.1 Zorg\nLasten 500 N 520 N 510 N 10 V\nBaten 30 V 30 V 25 V 5 N\n"
        "Saldo 470 N 490 N 485 N 5 V\n"
    )
    rows, issues = finance_of(text)
    assert issues == []
    assert amounts(rows["01 Jeugdzorg", "expenses"]) == [200, 210, 190, 20]
    assert amounts(rows["02 Wmo 2015", "revenue"]) == [20, 20, 10, -10]
    assert amounts(rows[TOTAL, "net_cost"]) == [470, 490, 485, 5]


def test_costs_that_are_all_below_zero_need_no_balance_to_be_turned_round() -> None:
    text = (
        "Bedragen x 1.000 Primitieve begroting Rekening\n"
        "Lasten\n6.1 Wijkteams -1.723 -1.457\n6.2 Jeugd 18- -806 -926\n"
        "Totaal lasten -2.529 -2.383\n"
    )
    rows, issues = finance_of(text)
    assert issues == []
    assert amounts(rows["6.2 Jeugd 18-", "expenses"]) == [806, None, 926, None]


def test_an_age_in_a_name_is_told_from_amounts_with_their_minus_behind() -> None:
    rows, issues = finance_of(
        "Bedragen x € 1.000 Primitieve begroting Actuele begroting Realisatie\n"
        " Lasten Baten Saldo Lasten Baten Saldo Lasten Baten Saldo\n"
        "Havens 15 9 6- 15 10 5- 17 12 5-\n"
        "Jeugd 18- 330 48 282- 388 40 348- 408 38 370-\n"
        "Totaal 345 57 288- 403 50 353- 425 50 375-\n"
    )
    assert issues == []
    assert amounts(rows["Jeugd 18-", "revenue"])[:3] == [48, 40, 38]


def test_one_amount_below_zero_is_no_way_of_printing() -> None:
    rows, _ = finance_of(
        "Bedragen x € 1.000 Primitieve begroting\tActuele begroting\tRealisatie\n"
        "\tLasten\tBaten\tSaldo\tLasten\tBaten\tSaldo\tLasten\tBaten\tSaldo\n"
        "Straatlicht\t900\t0\t-900\t950\t0\t-950\t930\t-4\t-934\n"
        "Totaal\t900\t0\t-900\t950\t0\t-950\t930\t-4\t-934\n"
    )
    assert amounts(rows[TOTAL, "revenue"])[:3] == [0, 0, -4]


def test_a_line_that_may_be_a_cost_or_a_balance_has_no_flow() -> None:
    rows, issues = finance_of(
        f"{HEAD}\nLasten   0   0   28   -28\nJeugd   0   0   28   -28\n"
        "Saldo van baten en lasten   0   0   28   -28\n"
    )
    assert [key for key in rows if key[0] == "Jeugd" and any(amounts(rows[key]))] == []
    assert "unknown_flow" in [issue.kind for issue in issues]


def test_a_result_above_the_reserves_is_the_balance_before_them() -> None:
    rows, issues = finance_of(
        f"{HEAD}\nLasten 700 600 650 -50\nBaten 100 100 110 10\nResultaat 600 500 540 -40\n"
        "010 Mutatie reserves -20 -20 -20 0\nSaldo 580 480 520 -40\n"
    )
    assert issues == []
    assert amounts(rows[TOTAL, "net_cost"]) == [600, 500, 540, -40]
    assert amounts(rows[TOTAL, "net_cost_after_reserves"]) == [580, 480, 520, -40]


def test_a_balance_of_one_printed_flow_decides_how_its_row_is_read() -> None:
    rows, issues = finance_of(
        f"{HEAD}\nLasten 60 60 55 5\nOnttrekking reserves 111110\n"
        "Saldo mutaties reserves -1-11-110\n"
    )
    assert issues == []
    assert amounts(rows[TOTAL, "transfer_from_reserves"]) == [1, 11, 11, 0]
