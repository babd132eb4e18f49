"""What is dropped is taken row by row, or refused by place with what was expected."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from doelenboom.sources.inbox import delivered
from doelenboom.sources.inbox.delivered import read_delivery
from tests.unit.sources.inbox.dropped import (
    COSTS,
    INDICATORS,
    SEEDS,
    cells,
    read,
    rows,
    seed,
    told,
    workbook,
)

KEY = "Enschede;2018;2.1"
GOOD = f"{KEY};1;Tevreden;hoger is beter;79;82\n"
MADE_AT_NIGHT = "chapter_parts"
TABLES = [path.stem for path in sorted((SEEDS / "accounts").glob("*.csv"))]
TABLES.remove(MADE_AT_NIGHT)
OURS = ("source_document", "source_line")


@pytest.mark.parametrize("table", TABLES)
def test_what_was_published_is_taken_as_it_stands(table: str) -> None:
    delivery = read((SEEDS / "accounts" / f"{table}.csv").read_bytes(), "package.csv")
    (found,) = delivery.tables
    assert (found.table, delivery.refused) == (table, ())
    places = [(row["source_document"], row["source_line"]) for row in found.rows]
    assert places == [("package.csv", str(n)) for n in range(2, len(places) + 2)]
    for row, published in zip(found.rows, seed(table), strict=True):
        kept = {name for name in published if not name.endswith(OURS)}
        assert {name: row[name] for name in kept} == {name: published[name] for name in kept}


@pytest.mark.slow
def test_a_file_is_read_in_a_process_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "indicatoren.csv"
    path.write_text(INDICATORS + GOOD, encoding="utf-8")
    delivery = read_delivery(path, SEEDS)
    assert rows(delivery, "indicators", "source_document", "indicator_code", "score") == [
        ("indicatoren.csv", "own_1", "79")
    ]


@pytest.mark.slow
def test_the_folder_of_a_file_says_whose_its_rows_are_where_they_do_not(tmp_path: Path) -> None:
    folder = tmp_path / "GM0153" / "2018"
    folder.mkdir(parents=True)
    text = (INDICATORS + GOOD).replace("Gemeente;Jaar;", "").replace("Enschede;2018;", "")
    (folder / "zonder.csv").write_text(text, encoding="utf-8")
    (folder / "met.csv").write_text(INDICATORS + GOOD.replace("2018", "2019"), encoding="utf-8")
    (tmp_path / "elders.csv").write_text(text, encoding="utf-8")
    columns = ("municipality_code", "fiscal_year", "score")
    found = [read_delivery(folder / name, SEEDS) for name in ("zonder.csv", "met.csv")]
    assert [rows(delivery, "indicators", *columns) for delivery in found] == [
        [("GM0153", "2018", "79")],
        [("GM0153", "2019", "79")],
    ]
    elsewhere = told(read_delivery(tmp_path / "elders.csv", SEEDS))
    assert [(column, rule) for _, column, _, rule in elsewhere] == [
        ("Gemeentecode van het CBS", "kolom ontbreekt"),
        ("Boekjaar van de cijfers", "kolom ontbreekt"),
    ]


@pytest.mark.slow
def test_what_needs_too_much_to_be_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "indicatoren.csv"
    path.write_text(INDICATORS + GOOD, encoding="utf-8")
    monkeypatch.setattr(delivered, "SECONDS", 0.01)
    delivery = read_delivery(path, SEEDS)
    assert told(delivery)[0][3] == "te zwaar om te lezen"


def test_a_row_of_a_workbook_is_told_by_its_cell() -> None:
    delivery = read(cells(INDICATORS + GOOD))
    assert rows(delivery, "indicators", "source_line", "score") == [("Blad1!A2", "79")]


def test_what_follows_from_a_row_is_filled_in_and_nothing_else() -> None:
    columns = ("value_status", "target_status", "margin_status", "measurement_basis", "target_year")
    without = f"{KEY};2;Veilig;geen richting;;\n"
    assert rows(read(INDICATORS + GOOD + without), "indicators", *columns) == [
        ("reported", "reported", "not_printed", "unknown", ""),
        ("not_reported", "not_reported", "not_printed", "unknown", ""),
    ]


@pytest.mark.parametrize("name", ["Enschede", "ENSCHEDE", "GM0153", "0153", "153"])
def test_a_municipality_may_be_named(name: str) -> None:
    delivery = read(INDICATORS + GOOD.replace("Enschede", name))
    assert rows(delivery, "indicators", "municipality_code") == [("GM0153",)]


@pytest.mark.parametrize(
    ("old", "new", "refused"),
    [
        ("Enschede", "Enskede", ("Gemeente", "Enskede", "gemeente onbekend")),
        ("Enschede", "GM9999", ("Gemeente", "GM9999", "gemeente onbekend")),
        ("Enschede", "Bedum;2019", ("Gemeente", "Bedum", "gemeente onbekend")),
        ("2018", "20l8", ("Jaar", "20l8", "soort waarde")),
        ("hoger is beter", "omhoog", ("Richting", "omhoog", "soort waarde")),
        (";79;", ";veel;", ("Score", "veel", "soort waarde")),
        (";79;", ";-;", ("Score", "-", "soort waarde")),
        (";79;", ";1.2345;", ("Score", "1.2345", "soort waarde")),
        (";79;", ";=1+1;", ("Score", "=1+1", "formule als tekst")),
        (
            "Tevreden",
            "=cmd|' /C calc'!A0",
            ("Indicator", "=cmd|' /C calc'!A0", "formule als tekst"),
        ),
        ("Tevreden", "", ("Indicator", "", "soort waarde")),
    ],
)
def test_a_row_that_is_wrong_is_refused_by_its_cell_and_the_others_are_taken(
    old: str, new: str, refused: tuple[str, str, str]
) -> None:
    bad = GOOD.replace(";1;", ";2;").replace(f"{old};2018" if "2019" in new else old, new)
    delivery = read(INDICATORS + GOOD + bad)
    assert told(delivery) == [(3, *refused)]
    assert rows(delivery, "indicators", "indicator_code") == [("own_1",)]


def test_a_year_in_which_there_were_no_accounts_is_refused() -> None:
    assert told(read(INDICATORS + GOOD.replace("2018", "1800"))) == [
        (2, "Gemeente", "Enschede", "gemeente onbekend"),
        (2, "Jaar", "1800", "soort waarde"),
    ]


def test_rows_with_one_key_are_both_refused() -> None:
    delivery = read(INDICATORS + GOOD + GOOD.replace("79", "80") + GOOD.replace(";1;", ";2;"))
    assert [(row, rule) for row, _, _, rule in told(delivery)] == [(2, "dubbel"), (3, "dubbel")]
    assert "staat ook op 3" in delivery.refused[0].expected
    assert rows(delivery, "indicators", "indicator_code") == [("own_2",)]


def test_a_column_that_is_missing_refuses_the_sheet_by_its_name() -> None:
    delivery = read(INDICATORS.replace("Richting", "Iets") + GOOD)
    assert (delivery.tables, told(delivery)) == (
        (),
        [(1, "Gewenste richting", "", "kolom ontbreekt")],
    )
    assert delivery.notes == ("kolom niet gelezen: Iets",)


def test_a_column_that_stands_twice_refuses_the_sheet() -> None:
    delivery = read(INDICATORS.replace("Streefwaarde", "Score") + GOOD)
    assert delivery.tables == ()
    assert told(delivery) == [(1, "Score", "", "kolom staat er dubbel")]


COST_ROWS = (
    f"{KEY};Wmo;lasten;100;90;10\n"
    f"{KEY};Jeugd;L;200;205;-5\n"
    f"{KEY};Totaal programma;lasten;300;295;5\n"
    f"{KEY};Totaal programma;baten;50;55;5\n"
    f"{KEY};Totaal programma;saldo van baten en lasten;250;240;10\n"
)


def test_a_cost_table_that_adds_up_is_taken() -> None:
    delivery = read(COSTS + COST_ROWS)
    assert delivery.refused == ()
    assert rows(delivery, "programme_finance", "flow", "is_total", "final_budget_keur")[1:3] == [
        ("expenses", "false", "200"),
        ("expenses", "true", "300"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "rule", "expected"),
    [
        ("lasten;300;295;5", "lasten;300;395;-95", "telt niet op: totaal lasten", "295"),
        ("lasten;250;240", "lasten;250;340", "telt niet op: Totaal programma: saldo", "240"),
        ("L;200;205;-5", "L;200;205;50", "telt niet op: Jeugd, lasten: verschil", "-5"),
        ("baten;50;55;5", "baten;50;55;-9", "telt niet op: Totaal programma, baten", "5"),
    ],
)
def test_a_cost_table_that_does_not_add_up_is_refused_whole(
    old: str, new: str, rule: str, expected: str
) -> None:
    other = COST_ROWS.replace("2.1", "2.2")
    assert old in COST_ROWS
    delivery = read(COSTS + COST_ROWS.replace(old, new) + other)
    assert {row for row, *_ in told(delivery)} == {2, 3, 4, 5, 6}
    sums = [each for each in delivery.refused if each.rule.startswith(rule)]
    assert expected in {each.expected for each in sums}
    assert len(rows(delivery, "programme_finance", "flow")) == 5, "the other programme is taken"


def test_a_cost_table_of_which_one_row_is_refused_is_refused_whole() -> None:
    delivery = read(COSTS + COST_ROWS.replace("100;90", "100;veel"))
    assert delivery.tables == ()
    assert told(delivery)[0] == (2, "Realisatie (x € 1.000)", "veel", "soort waarde")
    assert {rule for row, _, _, rule in told(delivery) if row > 2} == {"hoort bij een geheel"}


def test_a_row_that_may_belong_to_a_cost_table_refuses_it() -> None:
    stray = "Nergens;2018;2.1;Sport;lasten;1;1;0\n"
    delivery = read(COSTS + stray + COST_ROWS + COST_ROWS.replace("2.1", "2.2"))
    assert len(rows(delivery, "programme_finance", "flow")) == 5
    assert {row for row, *_ in told(delivery)} == {2, 3, 4, 5, 6, 7}


def test_rounding_of_printed_amounts_is_no_fault() -> None:
    assert read(COSTS + COST_ROWS.replace("300;295;5", "301;296;5")).refused == ()


@pytest.mark.parametrize(
    ("unit", "value"),
    [("x € 1.000", "1500"), ("in euro", "1.5"), ("x € 1 miljoen", "1500000"), ("in €", "1.5")],
)
def test_the_unit_of_an_amount_is_that_of_its_head(unit: str, value: str) -> None:
    text = COSTS.replace("x € 1.000", unit) + f"{KEY};Wmo;lasten;1500;1500;0\n"
    assert rows(read(text), "programme_finance", "actual_keur") == [(value,)]


@pytest.mark.parametrize("unit", ["x dollar", "in yen", "x $ 1.000", ""])
def test_an_amount_whose_unit_is_not_known_is_refused(unit: str) -> None:
    text = COSTS.replace("x € 1.000", unit) + COST_ROWS
    assert read(text).tables == ()
    assert "regel 1, kolom 6" in read(text).refused[0].expected
    cell = read([["Kostentabel"], *cells(text)]).refused[0]
    assert (cell.sheet, cell.row, "cel F2" in cell.expected) == ("Blad1", 2, True)


def test_a_title_above_the_head_may_say_the_unit() -> None:
    text = "Jaarrekening, bedragen in euro\n\n" + COSTS.replace(" (x € 1.000)", "")
    delivery = read(text + f"{KEY};Wmo;lasten;12500;12500;0\n")
    assert rows(delivery, "programme_finance", "actual_keur", "source_line") == [("12.5", "4")]


WIDE_HEAD: list[list[Any]] = [
    ["Programmarekening 2018, bedragen x € 1.000"],
    [
        "Gemeente",
        "Jaar",
        "Programma",
        "Product",
        "Begroting na wijziging",
        None,
        None,
        "Realisatie",
    ],
    [None, None, None, None, "Lasten", "Baten", "Saldo", "Lasten", "Baten", "Saldo"],
]


def test_budget_and_actuals_side_by_side_are_rows_of_the_cost_table() -> None:
    programme = ["Enschede", 2018, "2.1 Ondersteuning"]
    delivery = read(
        [
            *WIDE_HEAD,
            [*programme, "Wmo", 100, 10, 90, 95, 12, 83],
            [*programme, "Totaal", 100, 10, 90, 95, 12, 83],
        ]
    )
    columns = ("programme_code", "line_item", "flow", "final_budget_keur", "actual_keur")
    assert rows(delivery, "programme_finance", *columns) == [
        ("2.1", "Wmo", "expenses", "100", "95"),
        ("2.1", "Wmo", "revenue", "10", "12"),
        ("2.1", "Totaal programma", "expenses", "100", "95"),
        ("2.1", "Totaal programma", "revenue", "10", "12"),
        ("2.1", "Totaal programma", "net_cost", "90", "83"),
    ]


def test_a_balance_that_is_not_expenses_less_revenue_is_refused() -> None:
    delivery = read(
        [*WIDE_HEAD, ["Enschede", 2018, 2.1, "Totaal", 100, 10, 90, 95, 12, 99]], "breed.xlsx"
    )
    assert delivery.tables == ()
    assert any(each.value == "99" and each.expected == "83" for each in delivery.refused)


def test_what_a_sheet_has_beside_its_table_is_left_out_and_told() -> None:
    head = "Gemeente;Jaar;Programma;Taakveld;Lasten na wijziging (x € 1.000);Lasten realisatie (x € 1.000)"  # noqa: E501
    delivery = read(f"{head.replace('na wijz', 'begroting na wijz')}\n{KEY};6.71;100;95\n")
    assert delivery.notes == ("kolom niet gelezen: Taakveld",)
    assert rows(delivery, "programme_finance", "line_item", "actual_keur") == [
        ("Totaal programma", "95")
    ]


def test_a_budget_that_may_be_the_one_before_or_after_changes_is_refused() -> None:
    head = "Gemeente;Jaar;Programma;Lasten begroting (in euro);Lasten realisatie (in euro)\n"
    delivery = read(f"{head}{KEY};1000;2000\n")
    assert told(delivery) == [(1, "Lasten begroting (in euro)", "", "welke begroting")]


def test_amounts_of_another_year_are_no_amounts_of_this_one() -> None:
    head = COSTS.replace("Realisatie", "Realisatie 2017")
    delivery = read(f"{head}{KEY};Wmo;lasten;100;90;10\n")
    assert rows(delivery, "programme_finance", "final_budget_keur", "actual_keur") == [("100", "")]


def test_several_sheets_are_read_and_others_told() -> None:
    delivery = read(
        workbook(
            {
                "Kosten": cells(COSTS + COST_ROWS),
                "Notities": [["zomaar wat"]],
                "Indicatoren": cells(INDICATORS + GOOD),
            }
        )
    )
    assert [table.table for table in delivery.tables] == ["programme_finance", "indicators"]
    assert delivery.notes == ("blad niet gelezen, geen bekende kop: Notities",)
    assert delivery.refused == ()


def test_a_row_that_stands_on_two_sheets_is_refused_on_both() -> None:
    delivery = read(workbook({"A": cells(INDICATORS + GOOD), "B": cells(INDICATORS + GOOD)}))
    assert [(each.sheet, each.rule) for each in delivery.refused] == [
        ("A", "dubbel"),
        ("B", "dubbel"),
    ]


FACTS = [
    [
        *("Gemeente", "Jaar", "Programma", "fact_no", "kind", "title", "value_status"),
        *("reference_from", "reference_to"),
    ]
]


@pytest.mark.parametrize(
    ("day", "iso"),
    [
        (date(2018, 12, 31), "2018-12-31"),
        (datetime(2018, 12, 31), "2018-12-31"),
        (43465, "2018-12-31"),
        ("31-12-2018", "2018-12-31"),
        ("2018-12-31", "2018-12-31"),
        ("31/12/2018", "2018-12-31"),
    ],
)
def test_a_day_is_read_as_the_dutch_and_excel_write_it(day: object, iso: str) -> None:
    row = ["Enschede", 2018, "2.1", 1, "claim", "Feit", "reported", day, None]
    row[5:7] = ["Feit", "not_applicable"]
    assert rows(read([*FACTS, row]), "chapter_facts", "reference_from") == [(iso,)]


@pytest.mark.parametrize(
    "day", [datetime(2018, 12, 31, 12, 30), 1, 60, "01/02/2018", "31-02-2018", True, "gisteren"]
)
def test_what_is_no_one_day_is_refused(day: object) -> None:
    row = ["Enschede", 2018, "2.1", 1, "claim", "Feit", "not_applicable", day, None]
    delivery = read([*FACTS, row])
    assert delivery.tables == ()
    assert [each.column for each in delivery.refused] == ["reference_from"]


def test_a_code_that_excel_made_a_day_of_is_refused() -> None:
    row = ["Enschede", 2018, date(2018, 1, 2), 1, "Tevreden", "hoger is beter", 79, 82]
    delivery = read([INDICATORS.strip().split(";"), row])
    assert told(delivery) == [(2, "Programma", "2018-01-02", "datum in plaats van tekst")]


def test_a_percentage_is_what_is_seen_and_no_amount() -> None:
    line = f"{KEY};1;Tevreden;hoger is beter;79%;82 %\n"
    assert rows(read(INDICATORS + line), "indicators", "score", "target") == [("79", "82")]
    delivery = read(COSTS + f"{KEY};Wmo;lasten;100;90%;10\n")
    assert told(delivery)[0][3] == "percentage als bedrag"


def test_more_cells_than_the_head_has_and_fewer_between_commas_are_refused() -> None:
    line = GOOD.replace(";", ",")
    short = line.replace(",82", "").replace(",1,", ",2,")
    delivery = read(INDICATORS.replace(";", ",") + line.replace("79", "79,5") + short)
    assert [(row, rule) for row, _, _, rule in told(delivery)][:2] == [
        (2, "te veel cellen"),
        (3, "te weinig cellen"),
    ]
    assert delivery.tables == ()


def test_reserves_have_columns_of_their_own() -> None:
    head = (
        "Gemeente;Jaar;Programma;Lasten realisatie;Baten realisatie;Toevoegingen realisatie;"
        "Onttrekkingen realisatie;Lasten begroting na wijziging;Baten begroting na wijziging;"
        "Toevoegingen begroting na wijziging;Onttrekkingen begroting na wijziging"
    )
    text = f"Bedragen x € 1.000\n{head}\n{KEY};100;10;5;4;110;11;6;3\n"
    columns = ("flow", "is_total", "final_budget_keur", "actual_keur")
    assert rows(read(text), "programme_finance", *columns) == [
        ("expenses", "true", "110", "100"),
        ("revenue", "true", "11", "10"),
        ("transfer_to_reserves", "true", "6", "5"),
        ("transfer_from_reserves", "true", "3", "4"),
    ]


def test_revenue_that_is_negative_throughout_is_refused() -> None:
    text = COSTS + f"{KEY};Wmo;baten;-100;-90;\n{KEY};Jeugd;lasten;50;60;-10\n"
    delivery = read(text)
    assert delivery.tables == ()
    assert told(delivery)[0][::3] == (2, "baten met een min")


def test_a_product_without_a_name_is_no_total() -> None:
    delivery = read([*WIDE_HEAD, ["Enschede", 2018, "2.1", None, 100, 10, 90, 95, 12, 83]])
    assert delivery.tables == ()
    assert {each.column for each in delivery.refused} == {"Product"}


def test_a_head_with_the_year_of_its_rows_is_that_of_the_column() -> None:
    head = INDICATORS.replace("Score", "Score 2018").replace("Streefwaarde", "Streefwaarde 2019")
    delivery = read(head + GOOD)
    assert rows(delivery, "indicators", "score", "target") == [("79", "")]
    assert delivery.notes == ("kolom niet gelezen: Streefwaarde 2019",)


def test_a_table_without_any_figure_says_nothing_of_what_was_reported() -> None:
    delivery = read(INDICATORS.replace("Score", "Score 2017") + GOOD)
    assert delivery.tables == ()
    assert [rule for _, _, _, rule in told(delivery)] == ["geen cijfer"]
