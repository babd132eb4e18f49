"""Kinds of layouts that public budgets and accounts turned out to have, each by itself."""

from decimal import Decimal

import pytest

from doelenboom.sources.accounts.extraction.numbers.printed import read_cell
from doelenboom.sources.accounts.extraction.tables.heads import phases_in
from doelenboom.sources.accounts.extraction.tables.layout import read_layout
from doelenboom.sources.accounts.extraction.words.rows import kind_of
from tests.unit.sources.accounts.extraction.chapters import extracted, finance_of

TOTAL = "Totaal programma"
UNIT = "Bedragen x € 1.000\n"


def _kinds(text: str) -> set[str]:
    return {issue.kind for issue in extracted(text).issues}


def _reserves(text: str) -> dict[str, list[Decimal | None]]:
    rows = extracted(text).tables["reserves"]
    columns = ("opening", "added", "withdrawn", "closing")
    return {row["reserve_name"]: [row[f"{each}_keur"] for each in columns] for row in rows}


@pytest.mark.parametrize(
    "head",
    [
        "Verschil begroting na wijziging -/- rekening",
        "Verschil begroting na wijziging - rekening",
        "Verschil begroting 2018 na wijziging minus rekening 2018",
    ],
)
def test_a_difference_of_the_budget_after_changes_is_one_head(head: str) -> None:
    assert phases_in(head) == ["variance"]


@pytest.mark.parametrize(
    ("head", "phase"),
    [
        ("begroot na wijziging 2018", "final_budget"), ("Begroting incl. wijz.", "final_budget"),
        ("Nominale begroting 2018", "original_budget"), ("begroot 2018", "budget"),
        ("Verwachte realisatie 2018", "other"), ("Verwachting", "other"),
    ],
)  # fmt: skip
def test_a_phase_is_known_by_its_words(head: str, phase: str) -> None:
    assert phases_in(head) == [phase]


def test_a_head_that_names_two_phases_is_of_neither() -> None:
    heads = ["Primitieve begroting Begroting", "na wijziging", "Rekening", "Verschil"]
    layout = read_layout(heads, 2018)
    assert layout is not None
    assert [column.phase for column in layout.columns] == [
        *("ignored", "ignored", "actual", "variance"),
    ]
    assert layout.unknown == tuple(heads[:2])


@pytest.mark.parametrize("other", ["Prognose 2018", "Verwachte rekening 2018", "Rekening 2017"])
def test_a_variance_without_an_actual_of_the_year_is_none(other: str) -> None:
    rows, _ = finance_of(
        f"{UNIT}\tBegroting 2018 na wijziging\t{other}\tVerschil\n"
        "Lasten\t700\t650\t50\nBaten\t80\t90\t10\n"
    )
    assert list(rows[TOTAL, "expenses"].amounts.values()) == [None, 700, None, None]


def test_accounts_of_two_years_ago_make_a_plain_budget_the_adopted_one() -> None:
    text = f"{UNIT}\tRekening {{}}\tBegroting 2018\nLasten\t700\t650\nBaten\t80\t90\n"
    rows, _ = finance_of(text.format(2016))
    assert rows[TOTAL, "expenses"].amounts["original_budget"] == 650
    rows, issues = finance_of(text.format(2017))
    assert "expenses" not in [flow for _, flow in rows]
    assert issues == []


@pytest.mark.parametrize(("text", "value"), [("N 31.393", 31393), ("V 12", 12)])
def test_a_side_may_stand_before_its_amount(text: str, value: int) -> None:
    cell = read_cell(text)
    assert cell is not None
    assert (cell.value, cell.side) == (1000 * value, text[0])


def test_a_total_with_its_side_behind_it_is_that_of_a_flow() -> None:
    assert kind_of("Totaal programma Lasten").flow == "expenses"
    assert kind_of("Totaal programma Lasten").total
    assert kind_of("Totaal programma").flow == ""


def test_heads_over_several_columns_are_not_counted_where_tabs_lost_them() -> None:
    rows, _ = finance_of(
        f"{UNIT}Programma\tPrimitieve begroting 2018\tRekening 2018\n"
        "\tLasten\tBaten\tSaldo\tLasten\tBaten\tSaldo\n"
        "Wegen\t700\t80\t620\t650\t90\t560\nGroen\t70\t8\t62\t65\t9\t56\n"
    )
    assert rows["Wegen", "revenue"].amounts["actual"] == 90
    assert rows["Wegen", "net_cost"].amounts["original_budget"] == 620


def test_a_name_over_several_rows_that_tabs_lost_is_that_above() -> None:
    rows, _ = finance_of(
        f"{UNIT}Taakveld\t\tPrimitieve begroting\tRekening\n"
        "Wegen\tLasten\t700\t650\nBaten\t80\t90\nGroen\tLasten\t70\t65\nBaten\t8\t9\n"
    )
    assert rows["Wegen", "revenue"].amounts["actual"] == 90
    assert rows["Groen", "expenses"].amounts["original_budget"] == 70


def test_columns_that_blanks_keep_apart_have_empty_cells() -> None:
    rows, issues = finance_of(
        f"{UNIT}"
        "               Begroting primitief   Begroting na wijziging   Rekening   Verschil\n"
        "Lasten                        100                                 120        120\n"
        "Baten                                                   40         50         10\n"
    )
    assert issues == []
    assert list(rows[TOTAL, "expenses"].amounts.values())[:3] == [100, None, 120]
    assert list(rows[TOTAL, "revenue"].amounts.values()) == [None, 40, 50, 10]


def test_a_first_row_that_lacks_a_figure_is_no_part_of_the_head() -> None:
    heads = "werkelijk 2016\nbegroot 2017\nbegroot 2018\nbegroot 2019\n"
    text = f"2 Groen\n{UNIT}{heads}Lasten\n14.857\n14.763\n14.736\nBaten\n1\n2\n3\n4\n"
    found = extracted(text)
    assert found.tables["programme_finance"] == []
    assert "unread_table" in _kinds(text)


@pytest.mark.parametrize(
    "head", ["Programma\tLasten\tBaten\tSaldo", "Programma\nLasten\nBaten\nSaldo"]
)
def test_heads_of_costs_and_revenue_without_a_phase_are_named(head: str) -> None:
    apart = "\t" if "\t" in head else "\n"
    rows = [apart.join(row) for row in (("Wegen", "70", "8", "62"), ("Groen", "7", "1", "6"))]
    text = "\n".join(["2 Groen", "Wat heeft het gekost?", UNIT, head, *rows]) + "\n"
    assert extracted(text).tables["programme_finance"] == []
    assert "unread_table" in _kinds(text)


def test_years_below_a_heading_of_years_ahead_are_budgets() -> None:
    text = "{}\n" + f"{UNIT}\t2018\t2019\nLasten\t700\t650\nBaten\t80\t90\n"
    found = extracted(text.format("Meerjarenraming"))
    assert [row["original_budget_keur"] for row in found.tables["programme_finance"]] == [700, 80]
    assert {row["phase"] for row in found.tables["budget_years"]} == {"forecast"}
    assert "unread_table" in _kinds(text.format("Ontwikkeling"))


def test_movements_of_reserves_in_columns_of_costs_and_revenue_are_those_of_the_programme() -> None:
    rows, _ = finance_of(
        f"{UNIT}\tPrimitieve begroting\t\t\tRekening\t\t\n"
        "\tbaten\tlasten\tsaldo\tbaten\tlasten\tsaldo\n"
        "Wegen\t80\t700\t-620\t90\t650\t-560\n"
        "Saldo van baten en lasten\t80\t700\t-620\t90\t650\t-560\n"
        "Onttrekking aan reserves\t40\t0\t0\t50\t0\t0\n"
        "Toevoeging aan reserves\t0\t10\t0\t0\t20\t0\n"
        "Mutaties reserves\t0\t0\t30\t0\t0\t30\n"
    )
    assert rows[TOTAL, "transfer_from_reserves"].amounts["actual"] == 50
    assert rows[TOTAL, "transfer_to_reserves"].amounts["original_budget"] == 10
    assert rows[TOTAL, "net_reserve_movement"].amounts["actual"] == -30


def test_a_balance_of_reserves_alone_is_no_balance_of_costs() -> None:
    rows, _ = finance_of(
        f"{UNIT}\tPrimitieve begroting\tRekening\n"
        "Stortingen in reserves\t70\t65\nPuttingen uit reserves\t80\t90\nSaldo\t10\t25\n"
    )
    assert rows[TOTAL, "net_reserve_movement"].amounts["actual"] == -25
    assert (TOTAL, "net_cost") not in rows


HEADS = ("Reserve", "Stand 1-1-2018", "Toevoeging", "Onttrekking", "Stand 31-12-2018")


def test_reserves_with_a_cell_on_each_line_are_placed_by_their_closing_balance() -> None:
    lines = ("Reserves (x € 1.000)", *HEADS, "A.80103", "Wmo", "86", "654", "72", "668",
             "Sport", "50", "10", "60", "Wonen", "12", "12")  # fmt: skip
    text = "\n".join(["2.1 Zorg 2018", *lines]) + "\n"
    assert _reserves(text) == {"A.80103 Wmo": [86, 654, 72, 668], "Sport": [50, 10, None, 60]}
    assert "ambiguous_row" in _kinds(text)


@pytest.mark.parametrize(
    "heads",
    [
        ("Reserve", "Stand 1-1-2017", "Toevoeging", "Onttrekking", "Stand 31-12-2017"),
        ("Reserve", "Stand 31-12-2016", "Toevoeging", "Onttrekking", "Stand 31-12-2018"),
    ],
)
def test_a_statement_of_reserves_of_another_year_is_named(heads: tuple[str, ...]) -> None:
    text = "2.1 Zorg 2018\nReserves (x € 1.000)\n" + "\t".join(heads) + "\nWmo\t86\t4\t2\t88\n"
    assert _reserves(text) == {}
    assert "unread_table" in _kinds(text)


def test_a_reserve_in_which_the_result_of_the_year_before_counts_is_named() -> None:
    heads = (*HEADS[:2], "Bestemming resultaat vorig jaar", *HEADS[2:])
    text = (
        "2.1 Zorg 2018\nReserves (x € 1.000)\n" + "\t".join(heads) + "\n"
        "Wmo\t86\t10\t4\t2\t98\nSport\t86\t\t4\t2\t88\n"
    )
    assert _reserves(text) == {"Sport": [86, 4, 2, 88]}
    assert "unproved_row" in _kinds(text)


def test_a_dash_with_a_note_as_large_as_it_is_no_amount_below_zero() -> None:
    text = (
        f"{UNIT}\tPrimitieve begroting\tBegroting na wijziging\tRekening\tVerschil\n"
        "Lasten\t100\t110\t111\t-1\nBaten\t30\t-1\t31\t31\nSaldo\t70\t110\t80\t30\n"
    )
    rows, issues = finance_of(text)
    assert [row.amounts["variance"] for row in rows.values()] == [-1, 31, 30]
    assert [row.amounts["final_budget"] for row in rows.values()] == [110, None, 110]
    assert [(issue.kind, issue.candidates) for issue in issues] == [("dash", ("0", "leeg", "-1"))]


def test_a_movement_of_a_reserve_that_may_be_a_dash_with_a_note_leaves_it_open() -> None:
    head = "Staat van reserves (x € 1.000)\nReserve\tStand 1-1-2018\tBij\tAf\tStand 31-12-2018\n"
    assert _reserves(f"{head}Reserve sport\t100\t-1\t5\t95\nReserve Wmo\t50\t-2\t5\t43\n") == {
        "Reserve Wmo": [50, -2, 5, 43]
    }


def test_a_score_that_may_be_a_dash_with_a_note_is_named() -> None:
    text = "Indicatoren\nIndicator\tEenheid\t2017\t2018\nBomen\t\t25\t-1\nParken\t\t3\t4\n"
    found = extracted(text)
    assert [row["score"] for row in found.tables["indicators"]] == [None, 4]
    assert ("indicator_values", ("-1",)) in {(each.kind, each.candidates) for each in found.issues}
