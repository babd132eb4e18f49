"""Cost tables as they come from a copied page: a cell per line, bars, minuses behind, no unit.

Layouts seen in the accounts of municipalities, with made-up figures.
"""

from decimal import Decimal

import pytest

from tests.unit.sources.accounts.extraction.chapters import amounts, extracted, finance_of

TOTAL = "Totaal programma"
UNIT = "Exploitatie (bedragen * € 1.000)"
HEAD = (
    f"{UNIT}|Begroting 2018|Begroting 2018 na wijzigingen|Rekening 2018"
    "|Verschil rekening t.o.v. begroting na wijzigingen"
)


def _stacked(*rows: str) -> str:
    """Put each cell on a line of its own, with a blank line behind it."""
    return "\n\n".join(cell for row in rows for cell in row.split("|")) + "\n"


def _totals(text: str) -> dict[str, list[Decimal | None]]:
    rows, issues = finance_of(text)
    assert issues == []
    return {flow: amounts(row) for (item, flow), row in rows.items() if item == TOTAL}


def test_a_cell_per_line_with_revenue_below_zero() -> None:
    text = _stacked(
        HEAD,
        "Lasten|2.000|2.100|1.900|200",
        "Baten|-300|-320|-250|-70",
        "Saldo van baten en lasten|1.700|1.780|1.650|130",
        "Toevoegingen aan reserves (lasten)|0|40|40|0",
        "Onttrekkingen aan reserves (baten)|-10|-20|-25|5",
        "Gerealiseerd resultaat|1.690|1.800|1.665|135",
    )
    assert _totals(text) == {
        "expenses": [2000, 2100, 1900, 200],
        "revenue": [300, 320, 250, -70],
        "net_cost": [1700, 1780, 1650, 130],
        "transfer_to_reserves": [0, 40, 40, 0],
        "transfer_from_reserves": [10, 20, 25, 5],
        "net_cost_after_reserves": [1690, 1800, 1665, 135],
    }


def test_a_title_that_names_the_accounts_is_no_column() -> None:
    text = _stacked(
        "Jaarrekening 2018",
        "Groen",
        "Bedragen x € 1.000",
        "Rekening 2017|Vastgestelde begroting 2018|Gewijzigde begroting|Rekening 2018",
        "Lasten|4.100|4.000|4.200|3.900",
        "Baten|40|25|25|26",
    )
    assert _totals(text) == {
        "expenses": [4000, 4200, 3900, None],
        "revenue": [25, 25, 26, None],
    }


def test_advantage_and_disadvantage_in_a_cell_of_their_own() -> None:
    text = _stacked(
        "bedragen x € 1.000",
        "Omschrijving|Begroting 2018 primitief|Begroting 2018 na wijziging|Rekening 2018|Verschil"
        "|Voordeel/ Nadeel",
        "Lasten|800|900|860|-40|V",
        "Baten|-50|-60|-45|15|N",
        "Saldo|750|840|815|-25|V",
    )
    assert _totals(text) == {
        "expenses": [800, 900, 860, 40],
        "revenue": [50, 60, 45, -15],
        "net_cost": [750, 840, 815, 25],
    }


def test_advantage_and_disadvantage_before_the_amounts() -> None:
    text = (
        "Bedragen x € 1.000 Begroting 2018 na wijziging Rekening 2018 Verschil\n"
        "Lasten N 1.600 N 1.300 V 300\nBaten V 310 V 295 N 15\nSaldo N 1.290 N 1.005 V 285\n"
    )
    assert _totals(text) == {
        "expenses": [None, 1600, 1300, 300],
        "revenue": [None, 310, 295, -15],
        "net_cost": [None, 1290, 1005, 285],
    }


def test_a_minus_behind_its_amount() -> None:
    text = (
        "Programma (in € 1.000) Primitieve begroting Bijgestelde begroting 2018 Realisatie 2018\n"
        "Baten Lasten Saldo Baten Lasten Saldo Baten Lasten Saldo\n"
        "1 Groen 300 4.900- 4.600- 310 5.200- 4.890- 700 5.100- 4.400-\n"
        "2 Wegen (stad) 40 - 40 50 7- 43 60 - 60\n"
    )
    rows, issues = finance_of(text)
    assert issues == []
    assert amounts(rows["1 Groen", "expenses"]) == [4900, 5200, 5100, None]
    assert amounts(rows["1 Groen", "net_cost"]) == [4600, 4890, 4400, None]
    assert amounts(rows["2 Wegen (stad)", "expenses"]) == [0, 7, 0, None]


def test_numbers_of_lines_stand_in_cells_of_their_own_and_a_line_may_have_no_figures() -> None:
    text = _stacked(
        "(bedragen x € 1.000)|Primitieve begroting 2018|Begroting na wijziging 2018|Rekening 2018",
        "lasten",
        "6.1|Wijken|10|12|11",
        "6.2|Zorg 18-",
        "6.72|Jeugd 18-|5|6|7",
        "Totaal lasten|15|18|18",
        "baten",
        "6.1|Wijken|1|2|3",
        "Totaal baten|1|2|3",
    )
    rows, issues = finance_of(text)
    assert issues == []
    assert amounts(rows["6.72 Jeugd 18-", "expenses"]) == [5, 6, 7, None]
    assert amounts(rows[TOTAL, "expenses"]) == [15, 18, 18, None]
    assert amounts(rows["6.1 Wijken", "revenue"]) == [1, 2, 3, None]


def test_a_row_with_fewer_figures_is_placed_by_its_sums_or_reported() -> None:
    head = f"{UNIT}|Primitieve begroting|Begroting na wijziging|Rekening|Verschil"
    placed = _stacked(head, "Lasten|100|110|90|20", "Baten|30|25|-5", "Saldo|100|80|65|15")
    rows, issues = finance_of(placed)
    assert issues == []
    assert amounts(rows[TOTAL, "revenue"]) == [None, 30, 25, -5]
    _, issues = finance_of(_stacked(head, "Lasten|100|110|90|20", "Baten|30"))
    assert [issue.kind for issue in issues] == ["ambiguous_row"]


def test_totals_above_their_lines() -> None:
    text = _stacked(
        f"{UNIT}|Begroting 2018 primitief|Begroting 2018|Rekening 2018|Afwijking 2018",
        "Lasten|30|34|33|1",
        "Groen|10|12|14|-2",
        "Wegen|20|22|19|3",
        "Baten|-7|-8|-9|1",
        "Groen|-4|-4|-5|1",
        "Wegen|-3|-4|-4|0",
    )
    rows, issues = finance_of(text)
    assert issues == []
    assert amounts(rows["Groen", "expenses"]) == [10, 12, 14, -2]
    assert amounts(rows["Wegen", "revenue"]) == [3, 4, 4, 0]
    assert amounts(rows[TOTAL, "revenue"]) == [7, 8, 9, 1]


def test_costs_and_revenue_named_by_the_balance_below_them() -> None:
    text = _stacked(
        HEAD,
        "Lasten|50|52|49|3",
        "Baten|-70|-60|-74|14",
        "Totaal Groen|-20|-8|-25|17",
        "Lasten|30|31|29|2",
        "Totaal Wegen|30|31|29|2",
    )
    rows, issues = finance_of(text)
    assert issues == []
    assert amounts(rows["Groen", "revenue"]) == [70, 60, 74, 14]
    assert amounts(rows["Groen", "net_cost"]) == [-20, -8, -25, 17]
    assert amounts(rows["Wegen", "expenses"]) == [30, 31, 29, 2]


def test_reserves_whose_flow_stands_below_their_name() -> None:
    text = _stacked(
        HEAD,
        "Stortingen in reserves",
        "Lasten|28|58|66|-8",
        "Puttingen uit reserves",
        "Baten|30|50|55|5",
    )
    rows, issues = finance_of(text)
    assert issues == []
    assert amounts(rows[TOTAL, "transfer_to_reserves"]) == [28, 58, 66, -8]
    assert amounts(rows[TOTAL, "transfer_from_reserves"]) == [30, 50, 55, 5]


def test_years_in_cells_below_the_phases_say_which_column_is_of_the_year() -> None:
    text = _stacked(
        "Programma|Rekening|Begroting|Rekening|bedragen x € 1.000|2017|2018|2018",
        "Lasten|90|100|95",
        "Baten|8|9|7",
    )
    rows, _ = finance_of(text)
    assert rows[TOTAL, "expenses"].amounts["actual"] == 95
    assert rows[TOTAL, "revenue"].amounts["actual"] == 7


def test_columns_that_are_two_in_one_phase_and_three_in_another() -> None:
    text = _stacked(
        "(bedragen x € 1.000 ; - = nadeel)|Begroting 2018 primitief|Begroting 2018 na wijziging"
        "|Jaarrekening 2018|Saldo 2018",
        "Lasten|Baten|Lasten|Baten|Lasten|Baten|Lasten|Baten|Totaal",
        "BATEN EN LASTEN",
        "Groen|30|10|34|11|31|9|3|-2|1",
        "Wegen|50|20|54|21|51|24|3|3|6",
    )
    rows, issues = finance_of(text)
    assert issues == []
    assert amounts(rows["Groen", "expenses"]) == [30, 34, 31, 3]
    assert amounts(rows["Groen", "net_cost"]) == [None, None, None, 1]


def test_bars_between_cells() -> None:
    text = (
        "(x € 1.000) | Begroting 2018 | Begr. na wijziging 2018 | Rekening 2018 | Verschil |\n"
        "---|---|---|---|---|\n"
        "Lasten: | -160 | -180 | -185 | -5 |\nBaten: | 30 | 42 | 46 | 4 |\n"
        "Resultaat voor reservering | -130 | -138 | -139 | -1 |\nToevoeging reserves | ||||\n"
        "Resultaat na reservering | -130 | -138 | -139 | -1 |\n"
    )
    totals = _totals(text)
    assert totals["expenses"] == [160, 180, 185, -5]
    assert totals["net_cost_after_reserves"] == [130, 138, 139, -1]


@pytest.mark.parametrize(
    ("most", "factor"), [("900.000", 1), ("9.000.000", None), ("90.000.000", 0.001)]
)
def test_a_unit_that_is_not_printed_is_asked_and_its_figures_are_not_whole(
    most: str, factor: float | None
) -> None:
    rows, issues = finance_of(f"Begroting na wijziging Rekening\nLasten {most} {most}\nBaten 1 1\n")
    expected = None if factor is None else Decimal(most.replace(".", "")) * Decimal(str(factor))
    assert rows[TOTAL, "expenses"].amounts["actual"] == expected
    assert [issue.kind for issue in issues] == ["unknown_unit"]
    assert not rows[TOTAL, "expenses"].whole


def test_a_row_with_more_figures_than_heads_is_not_shifted_but_reported() -> None:
    text = _stacked(
        "2 Groen",
        "Wat hebben we gedaan?",
        "1. We hebben bomen geplant.",
        "Wat heeft het gekost?",
        "(bedragen x € 1.000)|Begroting 2018|Tussenstand|Rekening 2018|Verschil",
        "Lasten|33|34|32|1",
        "Baten|21|22|19|-2",
        "Saldo|12|12|13|-1",
        "Toelichting",
    )
    found = extracted(text)
    assert found.tables["programme_finance"] == []
    assert "unread_table" in {issue.kind for issue in found.issues}


def test_a_column_of_a_forecast_is_set_aside() -> None:
    text = _stacked(
        f"{UNIT}|Begroting 2018|Prognose 2018|Rekening 2018|Verschil",
        "Lasten|33|34|32|1",
        "Baten|21|22|19|-2",
    )
    assert _totals(text)["expenses"] == [None, 33, 32, 1]


def test_a_variance_against_the_budget_of_another_year_is_set_aside() -> None:
    text = _stacked(
        "(bedragen x € 1.000)|Jaarrekening 2018|Begroting 2020|Verschil",
        "Lasten|3.800|3.300|500",
        "Baten|640|490|-150",
    )
    rows, _ = finance_of(text)
    assert amounts(rows[TOTAL, "expenses"]) == [None, None, 3800, None]


def test_an_age_in_a_name_is_no_amount_with_its_minus_behind() -> None:
    text = (
        "Bedragen x 1.000 euro Primitieve begroting Begroting na wijziging Rekening Verschil\n"
        "Jeugd 18- 100 200 300\nTotaal lasten 900 800 700 100\n"
    )
    rows, issues = finance_of(text)
    open_rows = [row for (item, _), row in rows.items() if item.startswith("Jeugd")]
    assert all(amounts(row) == [None] * 4 for row in open_rows)
    assert {(issue.line, issue.kind) for issue in issues} == {
        (2, "unproved_row"),
        (3, "unchecked_sum"),
    }


def test_a_fused_table_that_is_not_read_is_told() -> None:
    text = (
        "Wat heeft het gekost?\nProductBegroting primair 2018Begroting gewijzigd 2018Rekening 2018"
        "Verschil\n600HavensL5.3425.3575.494137\nB4396859\n610WegenL1.5171.8241.628-196\n"
    )
    kinds = [issue.kind for issue in extracted(text).issues]
    assert "unread_table" in kinds
