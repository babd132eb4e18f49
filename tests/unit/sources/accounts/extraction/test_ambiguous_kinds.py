"""Kinds of tables of which a part may be one thing or another: it is named, and not guessed."""

from decimal import Decimal

import pytest

from tests.unit.sources.accounts.extraction.chapters import extracted, finance_of

UNIT = "Bedragen x € 1.000\n"
TOTAL = "Totaal programma"
RESERVES = (
    f"Reserves\n{UNIT}"
    "Reserve\tStand 1-1-2018\tToevoeging {0}\tOnttrekking {0}\tStand 31-12-2018\n"
)


def _reserves(text: str, year: int = 2018) -> dict[str, Decimal | None]:
    rows = extracted(RESERVES.format(year) + text).tables["reserves"]
    return {row["reserve_name"]: row["closing_keur"] for row in rows}


def _problems(text: str) -> list[str]:
    return [issue.problem for issue in extracted(text).issues]


@pytest.mark.parametrize(
    ("total", "group"),
    [("", {}), ("Totaal\t1.000\t140\t40\t1.100\n", {"B Bestemmingsreserves": 520})],
)
def test_a_kind_of_reserves_above_reserves_counts_where_a_total_holds_it(
    total: str, group: dict[str, int]
) -> None:
    kind = "B Bestemmingsreserves\t470\t70\t20\t520\n"
    parts = "Reserve Wegen\t300\t40\t\t340\nReserve Water\t230\t30\t20\t240\n"
    assert _reserves(kind + parts + total) == {**group, "Reserve Wegen": 340, "Reserve Water": 240}
    named = any("geen som bewijst" in problem for problem in _problems(RESERVES + kind + parts))
    assert named


def test_kinds_of_reserves_beside_each_other_are_what_they_are() -> None:
    text = "Bestemmingsreserves\t470\t70\t20\t520\nVoorzieningen\t30\t\t\t30\n"
    assert _reserves(text) == {"Bestemmingsreserves": 520}


@pytest.mark.parametrize(("year", "found"), [(2018, {"Reserve Wegen": 340}), (2016, {})])
def test_balances_around_movements_of_another_year_are_not_read(
    year: int, found: dict[str, int]
) -> None:
    text = "Reserve Wegen\t300\t40\t\t340\n"
    assert _reserves(text, year) == found
    named = any("kolom zegt niet" in each for each in _problems(RESERVES.format(year) + text))
    assert named == (not found)


def test_budgets_of_years_ahead_beside_accounts_are_no_adopted_ones() -> None:
    head = f"{UNIT}\tRekening {{}}\tBegroting 2018\tRaming 2019\tRaming 2020\n"
    rows = "Lasten\t600\t610\t620\t630\nBaten\t70\t71\t72\t73\n"
    of = {
        year: {
            (row["amount_year"], row["phase"])
            for row in extracted(head.format(year) + rows).tables["budget_years"]
        }
        for year in (2016, 2018)
    }
    assert of[2016] == {(2016, "actual"), (2019, "forecast"), (2020, "forecast")}
    assert of[2018] == set()
    assert sum("naast een rekening" in each for each in _problems(head.format(2018) + rows)) == 2


def test_costs_on_the_side_of_an_advantage_need_a_sum() -> None:
    text = f"{UNIT}\tBegroting na wijziging\tRekening\nLasten\t700\t{{}}\nBaten\t80\t90\n"
    rows, issues = finance_of(text.format("60 V"))
    assert rows[TOTAL, "expenses"].amounts["actual"] is None
    assert [issue.kind for issue in issues] == ["unknown_sign"]
    rows, issues = finance_of(text.format("60 N"))
    assert rows[TOTAL, "expenses"].amounts["actual"] == 60
    assert issues == []


@pytest.mark.parametrize(("year", "scores"), [(2018, {"bbv_6": 141}), (2020, {})])
def test_scores_of_a_document_still_to_come_are_not_read(year: int, scores: dict[str, int]) -> None:
    text = (
        f"Indicator\tEenheid\tJaar\tCijfer jaarrekening {year}\n"
        "Verwijzingen Halt\tAantal per 10.000 jongeren\t2017\t141\n"
    )
    found = extracted(text)
    rows = found.tables["statutory_indicators"]
    assert {row["indicator_code"]: row["score"] for row in rows if row["score"]} == scores
    assert any("Jaren die nog komen" in issue.problem for issue in found.issues) == (not scores)


@pytest.mark.parametrize(
    ("units", "found"),
    [
        (("Aantal per 1.000 inwoners", "Aantal per 10.000 jongeren"), 3),
        (("Aantal per 1.000 inwoners", "Aantal"), 2),
        (("Aantal", "Aantal"), 3),
    ],
)
def test_a_score_of_nobody_knows_how_many_is_named_where_most_others_say_it(
    units: tuple[str, str], found: int
) -> None:
    text = (
        "Verplichte beleidsindicatoren\nIndicator\tEenheid\t2018\n"
        f"Winkeldiefstallen\tAantal per 1.000 inwoners\t1,7\nGeweldsmisdrijven\t{units[0]}\t3,6\n"
        f"Verwijzingen Halt\t{units[1]}\t41\n"
    )
    rows = extracted(text)
    assert len(rows.tables["statutory_indicators"]) == found
    named = [issue.line for issue in rows.issues if "zonder per hoeveel" in issue.problem]
    assert named == [5] * (3 - found)


@pytest.mark.parametrize("stacked", [False, True])
@pytest.mark.parametrize(("year", "found"), [(2018, {"bbv_17": 1}), (2016, {}), (2020, {})])
def test_years_that_come_again_behind_a_name_head_the_rows_below_them(
    year: int, found: dict[str, int], stacked: bool
) -> None:
    text = (
        "Verplichte beleidsindicatoren\n"
        "Overhead\t2016\t2018\nFormatie per 1.000 inwoners\t6,1\t7,2\n"
        "Bezetting per 1.000 inwoners\t5,9\t6,5\n"
        f"Verzuim per 1.000 leerlingen\t2015\t{year}\nAbsoluut verzuim\t2,5\t1\n"
        "Relatief verzuim\t20,1\t18,4\n"
    )
    text = text.replace("\t", "\n") if stacked else text
    rows = extracted(text).tables["statutory_indicators"]
    scores = {row["indicator_code"]: row["score"] for row in rows if row["score_year"] == 2018}
    assert {code: score for code, score in scores.items() if code == "bbv_17"} == found


@pytest.mark.parametrize(("other", "found"), [("-", {}), ("- 15", {"Reserve Wegen": 260})])
def test_a_dash_apart_from_an_amount_is_a_minus_where_no_other_stands_alone(
    other: str, found: dict[str, int]
) -> None:
    text = f"Reserve Wegen\t300\t- 40\t\t260\nReserve Water\t30\t{other}\t\t30\n"
    assert _reserves(text) == {**found, **({"Reserve Water": 30} if not found else {})}
    assert any("streepje staat los" in each for each in _problems(RESERVES + text)) == (not found)


@pytest.mark.parametrize(("year", "balance"), [(2018, [620, 560]), (2016, [])])
def test_a_balance_of_another_year_is_not_the_one_of_the_year_though_it_adds_up(
    year: int, balance: list[int]
) -> None:
    text = (
        f"{UNIT}Programma\tRekening Lasten\tRekening Baten\tSaldo {year}\n"
        "Zorg\t700\t80\t-620\nWonen\t600\t40\t-560\n"
    )
    rows, issues = finance_of(text)
    assert [
        row.amounts["actual"] for (_, flow), row in rows.items() if flow == "net_cost"
    ] == balance
    assert any(issue.kind == "unknown_column" for issue in issues) == (not balance)


@pytest.mark.parametrize("last", ["200\t200\t290\t200\t200", "200\t200\t290\t200\t280"])
def test_a_row_that_adds_up_others_in_several_columns_is_no_line(last: str) -> None:
    head = "".join(f"\tRaming {year}" for year in (2019, 2020, 2021))
    text = (
        f"{UNIT}Lasten\tRekening 2016\tBegroting 2018{head}\n1 Zorg\t300\t310\t320\t330\t340\n"
        f"Wmo\t100\t110\t120\t130\t140\nJeugd\t{last}\n"
    )
    rows, issues = finance_of(text)
    assert {item for item, _ in rows} == {"Wmo", "Jeugd"}
    assert [(issue.kind, issue.line) for issue in issues if issue.kind == "part_row"] == [
        ("part_row", 3)
    ]


def test_a_row_that_adds_up_others_says_in_which_column_it_does_not() -> None:
    text = (
        f"{UNIT}Lasten\tRekening 2017\tBegroting 2018\tRaming 2019\tRaming 2020\n"
        f"Wmo\t100\t110\t120\t130\nJeugd\t200\t210\t220\t230\nSubtotaal zorg\t300\t320\t{{}}\t360\n"
        "Sport\t40\t41\t42\t43\n"
    )
    told = {
        total: [each for each in _problems(text.format(total)) if "Telt andere regels" in each]
        for total in (340, 330)
    }
    assert told[340] == []
    assert ["niet in 330;" in each for each in told[330]] == [True]


@pytest.mark.parametrize(
    ("row", "told"), [("20\t\t24\t", []), ("\t20\t24\t", ["300.020", "120.000"])]
)
def test_a_total_that_nearly_adds_up_says_in_which_columns_it_does_not(
    row: str, told: list[str]
) -> None:
    text = (
        f"{UNIT}\tBegroting na wijziging\t\tRekening\t\n\tLasten\tBaten\tLasten\tBaten\n"
        "Zorg\t200.000\t80.000\t210.000\t81.000\nWonen\t100.000\t40.000\t120.000\t42.000\n"
        f"Sport\t{row}\nSubtotaal\t300.020\t120.000\t330.024\t123.000\n"
        "Bestuur\t50.000\t4.000\t51.000\t4.000\n"
    )
    added = [each for each in _problems(text) if "Telt andere regels" in each]
    assert len(added) == bool(told)
    assert all(total in each for each in added for total in told)


@pytest.mark.parametrize(("total", "named"), [(800, False), (870, True)])
def test_a_sum_that_an_empty_cell_may_explain_is_named(total: int, named: bool) -> None:
    text = (
        f"{UNIT}Programma\tRekening 2018 Lasten\tRekening 2018 Baten\n"
        f"Zorg\t500\t80\nWonen\t300\t40\nSport\t\t20\nTotaal\t{total}\t140\n"
    )
    rows, issues = finance_of(text)
    assert rows[TOTAL, "expenses"].amounts["actual"] == total
    told = [issue.line for issue in issues if "lege cel" in issue.problem]
    assert told == [6] * named


@pytest.mark.parametrize(("year", "found"), [(2018, {"Reserve Wegen": 340}), (2017, {})])
def test_movements_that_a_head_above_says_are_of_another_year_are_not_read(
    year: int, found: dict[str, int]
) -> None:
    heads = f"Reserve\tStand\tMutaties {year}\tStand\tMutaties 2019\tStand\n"
    days = "\t1-1-2018\tErbij\tEraf\t31-12-2018\tErbij\tEraf\t31-12-2019\n"
    days = days.replace("Erbij", "Toevoeging").replace("Eraf", "Onttrekking")
    text = f"Reserves\n{UNIT}{heads}{days}Reserve Wegen\t300\t40\t\t340\t20\t60\t300\n"
    rows = extracted(text).tables["reserves"]
    assert {row["reserve_name"]: row["closing_keur"] for row in rows} == found
    assert any("kolom zegt niet" in each for each in _problems(text)) == (not found)


@pytest.mark.parametrize(("cents", "found"), [("300,00", 1), ("300,001", 0)])
def test_a_third_decimal_beside_cents_may_be_a_note(cents: str, found: int) -> None:
    text = RESERVES.format(2018) + f"Reserve Wegen\t{cents}\t40,00\t\t340,00\n"
    assert len(extracted(text).tables["reserves"]) == found
    assert any("drie decimalen" in each for each in _problems(text)) == (not found)
    costs = f"{UNIT}\tBegroting na wijziging\tRekening\nLasten\t{cents}\t310,25\n"
    rows, _ = finance_of(costs)
    assert (rows[TOTAL, "expenses"].amounts["actual"] is None) == (not found)


@pytest.mark.parametrize(("words", "found"), [("per 1.000 inwoners", 1), ("per 1,4", 0)])
def test_a_score_is_no_part_of_a_unit_that_goes_on_below(words: str, found: int) -> None:
    text = f"Verplichte beleidsindicatoren\nWinkeldiefstallen aantal {words} 2016 1,8 CBS\n"
    assert len(extracted(text).tables["statutory_indicators"]) == found


@pytest.mark.parametrize(("row", "told"), [("300\t40\t260", 0), ("300\t260\t", 1)])
def test_a_balance_that_is_empty_beside_its_costs_and_revenue_is_named(row: str, told: int) -> None:
    heads = "\t".join(f"Rekening 2018 {flow}" for flow in ("lasten", "baten", "saldo"))
    text = f"{UNIT}Programma\t{heads}\nZorg\t500\t80\t420\nWonen\t{row}\nSport\t90\t20\t70\n"
    named = [issue.candidates for issue in finance_of(text)[1] if "lege cel" in issue.problem]
    assert named == [("leeg", "40")] * told


def test_a_total_to_which_no_rows_add_up_and_a_line_below_it_are_named() -> None:
    text = (
        f"{UNIT}Programma\tRekening 2018 Lasten\tRekening 2018 Baten\n"
        "Zorg\t500\t80\nWonen\t300\t40\nTotaal\t{}\t120\nSport\t90\t20\nBestuur\t70\t5\n"
    )
    told = {
        total: {(issue.line, issue.problem.split(";")[0]) for issue in finance_of(each)[1]}
        for total in (800, 1300)
        if (each := text.format(total))
    }
    below, nothing = (
        "Staat onder het totaal van alle regels",
        "Geen regels tellen op tot dit totaal.",
    )
    assert {(6, below), (5, nothing)} & told[800] == {(6, below)}
    assert {(6, below), (5, nothing)} <= told[1300]


@pytest.mark.parametrize(("year", "found"), [(2019, False), (2017, True)])
def test_a_plain_budget_beside_one_adopted_for_a_later_year_has_no_place(
    year: int, found: bool
) -> None:
    head = f"{UNIT}\tPrimaire begroting {year}\tBegroting 2018\tRaming 2020\tRaming 2021\n"
    rows, _ = finance_of(f"{head}Lasten\t600\t610\t620\t630\nBaten\t70\t71\t72\t73\n")
    of_year = [row.amounts["original_budget"] for row in rows.values()]
    assert bool(of_year) == found


@pytest.mark.parametrize(("amount", "named"), [("38", 0), ("381", 1), ("581", 0)])
def test_an_amount_ten_times_those_of_other_years_may_hold_the_mark_of_a_note(
    amount: str, named: int
) -> None:
    text = (
        f"Begroting 2018\n{UNIT}Taakveld\tBegroting 2018\tRaming 2019\tRaming 2020\tRaming 2021\n"
        f"LASTEN\n1 Veiligheid\t40\t39\t{amount}\t37\n2 Verkeer\t688\t692\t693\t712\n"
    )
    told = [each for each in _problems(text) if "een noot in zich" in each]
    assert told == [f"{amount} kan een noot in zich hebben; als gedrukt overgenomen."] * named


def test_a_code_is_no_name_of_a_reserve() -> None:
    text = RESERVES.format(2018) + "B3\t300\t40\t0\t340\nReserve Wegen\t300\t40\t0\t340\n"
    rows = extracted(text).tables["reserves"]
    assert [row["reserve_name"] for row in rows] == ["Reserve Wegen"]
    assert any("Alleen een code" in each for each in _problems(text))
