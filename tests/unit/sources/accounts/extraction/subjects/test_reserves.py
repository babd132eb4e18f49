"""Statements of reserves: each row proved by its own closing balance, or named."""

from collections.abc import Sequence

import pytest

from tests.unit.sources.accounts.extraction.chapters import extracted

HEAD = "Reserve\tStand 1 januari 2018\tRente\tToevoeging\tOnttrekking\tStand 31 december 2018\n"
TOP = "2.1 Zorg 2018\n\nStaat van reserves (x € 1.000)\n"
COLUMNS = ("opening", "interest", "added", "withdrawn", "closing")


def _reserves(text: str, name: str = "chapter.txt") -> dict[str, list[object]]:
    return {
        row["reserve_name"]: [row.get(f"{column}_keur") for column in COLUMNS]
        for row in extracted(text, name).tables["reserves"]
    }


def _told(text: str, name: str = "chapter.txt") -> list[tuple[int, str]]:
    wanted = ("unproved_row", "ambiguous_row", "unread_table", "same_name")
    return [(each.line, each.kind) for each in extracted(text, name).issues if each.kind in wanted]


def _saved(rows: Sequence[str], stacked: bool) -> str:
    """Write rows of a table with tabs, or each cell that is not empty on a line of its own."""
    cells = "\n\n".join(cell for row in rows for cell in row.split("|") if cell)
    return (
        TOP
        + (f"\n{cells}" if stacked else "\n".join(row.replace("|", "\t") for row in rows))
        + "\n"
    )


def test_reserves_are_read_from_cells_and_their_total_is_left_out() -> None:
    text = (
        f"{TOP}{HEAD}Reserve wijkbudgetten\t878\t0\t772\t992\t658\n"
        "Reserve grondexploitatie\t-12.117\t-545\t2.245\t160\t-10.577\n"
        "Reserve sport\t100\t-\t\t5\t95\nTotaal\t-11.139\t-545\t3.017\t1.157\t-9.824\n"
    )
    assert _reserves(text) == {
        "Reserve wijkbudgetten": [878, 0, 772, 992, 658],
        "Reserve grondexploitatie": [-12117, -545, 2245, 160, -10577],
        "Reserve sport": [100, 0, None, 5, 95],
    }
    assert _told(text) == []


def test_reserves_are_read_from_text_with_withdrawals_below_zero() -> None:
    text = (
        f"{TOP}Naam Stand 1-1-2018 Dotaties Onttrekkingen Stand 31-12-2018\n"
        "Reserve wijkbudgetten 878 772 -992 658\nReserve Wmo 2.402 500 -1.620 1.282\n"
    )
    assert _reserves(text) == {
        "Reserve wijkbudgetten": [878, None, 772, 992, 658],
        "Reserve Wmo": [2402, None, 500, 1620, 1282],
    }


def test_whole_euros_become_thousands() -> None:
    text = (
        "2.1 Zorg\n\nReserves (bedragen in euro's)\n"
        f"{HEAD}Reserve wijkbudgetten\t878.250\t0\t772.000\t992.000\t658.250\n"
    )
    assert [str(amount) for amount in _reserves(text)["Reserve wijkbudgetten"]][::4] == [
        "878.250",
        "658.250",
    ]


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        ("Reserve sport\t100\t0\t10\t5\t200", "unproved_row"),
        ("Reserve wijkbudgetten\t878\t0\t772\t992\t658", "same_name"),
    ],
)
def test_a_row_that_does_not_follow_or_comes_twice_is_named_by_its_line(
    row: str, kind: str
) -> None:
    text = f"{TOP}{HEAD}Reserve wijkbudgetten\t878\t0\t772\t992\t658\n{row}\n"
    assert list(_reserves(text)) == ["Reserve wijkbudgetten"]
    assert _told(text) == [(6, kind)]


def test_a_column_that_nobody_knows_leaves_the_table_unread_and_named() -> None:
    head = HEAD.replace("Rente", "Herwaardering")
    text = f"{TOP}{head}Reserve wijkbudgetten\t878\t9\t772\t992\t667\n"
    assert _reserves(text) == {}
    assert _told(text) == [(4, "unread_table")]


def test_provisions_are_no_reserves() -> None:
    provisions = HEAD.replace("Reserve", "Voorziening")
    title = "2.1 Zorg\n\nWat heeft het gekost?\nVoorzieningen (x € 1.000)\n"
    assert _reserves(f"{title}{provisions}Pensioenen\t8\t0\t7\t9\t6\n") == {}
    both = f"{TOP}{HEAD}Reserve sport\t8\t0\t7\t9\t6\nVoorziening pensioenen\t8\t0\t7\t9\t6\n"
    assert list(_reserves(both)) == ["Reserve sport"]


def test_what_made_the_opening_balance_is_set_aside() -> None:
    text = (
        f"{TOP}Reserve\tStand 31-12-2017\tBestemming 2017\tStand 1-1-2018\tBij\tAf"
        "\tStand 31-12-2018\n"
        "\ta\tb\tc = a + b\td\te\tf = c + d - e\n"
        "Reserve Wmo\t100\t20\t120\t30\t5\t145\nTotale reserve\t100\t20\t120\t30\t5\t145\n"
    )
    assert _reserves(text) == {"Reserve Wmo": [120, None, 30, 5, 145]}
    assert _told(text) == []


def test_what_was_let_go_leaves_a_reserve_open_and_the_number_of_a_programme_is_no_name() -> None:
    text = (
        f"{TOP}Nr.\tNaam\tProgramma\tStand 1-1-2018\tBij\tAf\tVrijval\tStand 31-12-2018\n"
        "R01\tReserve Wmo\t4\t120\t30\t5\t\t145\nR02\tReserve sport\t0\t50\t\t\t10\t40\n"
    )
    assert _reserves(text) == {"R01 Reserve Wmo": [120, None, 30, 5, 145]}
    assert _told(text) == [(6, "unproved_row")]


@pytest.mark.parametrize("gap", [" ", "\n"])
def test_a_programme_before_the_opening_balance_leaves_lines_of_text_unread(gap: str) -> None:
    heads = ("Naam", "Programma", "Stand 1-1-2018", "Toevoeging", "Onttrekking", "Stand 31-12-2018")
    row = ("Reserve Wmo", "0", "120", "5", "115")
    text = f"{TOP}{gap.join(heads)}\n{gap.join(row)}\n{gap.join(row)}\n"
    assert _reserves(text) == {}
    assert [kind for _, kind in _told(text)] == ["unread_table"]


def test_what_was_done_is_taken_where_the_budget_stands_beside_it() -> None:
    heads = (
        "<th rowspan=2>Reserve</th><th rowspan=2>Stand 1-1-2018</th><th colspan=2>Toevoegingen</th>"
        "<th colspan=2>Onttrekkingen</th><th rowspan=2>Stand 31-12-2018</th></tr>"
        "<tr><th>begroot</th><th>werkelijk</th><th>begroot</th><th>werkelijk</th>"
    )
    cells = "".join(f"<td>{cell}</td>" for cell in ("Reserve Wmo", 120, 30, 40, 5, 15, 145))
    page = f"<h1>Reserves 2018 (x € 1.000)</h1><table><tr>{heads}</tr><tr>{cells}</tr></table>"
    assert _reserves(page, "page.html") == {"Reserve Wmo": [120, None, 40, 15, 145]}


CHAINED = (
    "Saldo|Stand 1-1-2017|Storting 2017|Onttrekking 2017|1-1-2018|Storting 2018|Onttrekking 2018"
    "|1-1-2019"
)


@pytest.mark.parametrize("stacked", [False, True])
def test_movements_of_a_year_stand_between_its_two_balances(stacked: bool) -> None:
    rows = [CHAINED, "Reserve Wmo|50|10|-20|40|5|-15|30", "Reserve sport|7|0|0|7|0|-7|0"]
    assert _reserves(_saved(rows, stacked)) == {
        "Reserve Wmo": [40, None, 5, 15, 30],
        "Reserve sport": [7, None, 0, 7, 0],
    }


@pytest.mark.parametrize("stacked", [False, True])
def test_heads_broken_over_two_rows_are_joined(stacked: bool) -> None:
    rows = [
        "|Begroting|Vermeerde-|Verminde-|Begroting|Vermeerde-|Verminde-|Begroting",
        "2017-2019 per 31 december|2017|ringen 2018|ringen 2018|2018|ringen 2019|ringen 2019|2019",
        "Reserve Wmo|50|10|-20|40|5|-15|30",
        "Totaal|50|10|-20|40|5|-15|30",
    ]
    assert _reserves(_saved(rows, stacked)) == {"Reserve Wmo": [50, None, 10, 20, 40]}


@pytest.mark.parametrize("stacked", [False, True])
def test_of_balances_alone_that_of_the_year_before_is_the_opening_one(stacked: bool) -> None:
    rows = [
        "Stand reserves per 31/12|Werkelijk 2016|Begroot 2017|Begroot 2018|Begroot 2019",
        "Reserve Wmo|50|40|30|20",
        "Reserve sport|5|4|3|2",
        "Totaal|55|44|33|22",
    ]
    assert _reserves(_saved(rows, stacked)) == {
        "Reserve Wmo": [40, None, None, None, 30],
        "Reserve sport": [4, None, None, None, 3],
    }


def test_a_row_with_an_empty_cell_among_balances_alone_is_named() -> None:
    rows = [
        "Stand per 31-12|2017|2018|2019", "Reserve Wmo|5|4|3", "Reserve zorg|5|4|3",
        "Totaal|10|8|6", "Reserve groen|5|4",
    ]  # fmt: skip
    text = _saved(rows, stacked=True)
    assert list(_reserves(text)) == ["Reserve Wmo", "Reserve zorg"]
    assert [kind for _, kind in _told(text)] == ["unproved_row"]


@pytest.mark.parametrize("total", ["Totaal|10|9|6", "Reserve groen|1|1|1"])
def test_balances_alone_that_no_total_adds_up_are_named(total: str) -> None:
    rows = ["Stand per 31-12|2017|2018|2019", "Reserve Wmo|5|4|3", "Reserve zorg|5|40|3", total]
    text = _saved(rows, stacked=False)
    assert _reserves(text) == {}
    assert {kind for _, kind in _told(text)} == {"unproved_row"}


def test_a_balance_sheet_is_no_statement_of_reserves() -> None:
    rows = ["Reserves en schulden|31-12-2017|31-12-2018", "Reserves|5|4", "Vaste schuld|9|8"]
    assert _reserves(_saved(rows, stacked=False)) == {}


@pytest.mark.parametrize("stacked", [False, True])
def test_rows_of_years_below_a_name_are_of_that_reserve(stacked: bool) -> None:
    rows = [
        "Jaar|Stand 1-1|Toevoeging|Onttrekking|Stand 31-12",
        "Algemene reserve||||",
        "jaarrekening 2017|50|10|-20|40",
        "begroting 2018|40|5|-15|30",
        "Bestemmingsreserves||||",
        "jaarrekening 2017|7|0|-2|5",
        "begroting 2018|5|1|-1|5",
    ]
    assert _reserves(_saved(rows, stacked)) == {
        "Algemene reserve": [40, None, 5, 15, 30],
        "Bestemmingsreserves": [5, None, 1, 1, 5],
    }


@pytest.mark.parametrize("stacked", [False, True])
def test_a_block_of_movements_below_each_name_is_no_table_of_costs(stacked: bool) -> None:
    rows = ["Reserves|Begroting 2018|Begroting 2019"]
    for name, opening in (("Algemene reserve", 40), ("Bestemmingsreserves", 70)):
        rows += [
            name,
            f"Stand per 1 januari|{opening}|{opening - 5}",
            "Stortingen|5|0",
            "Onttrekkingen|-10|-5",
            f"Stand per 31 december|{opening - 5}|{opening - 10}",
        ]
    text = _saved(rows, stacked)
    assert _reserves(text) == {
        "Algemene reserve": [40, None, 5, 10, 35],
        "Bestemmingsreserves": [70, None, 5, 10, 65],
    }
    assert extracted(text).tables["programme_finance"] == []


def test_reserves_may_stand_in_columns_and_their_movements_in_rows() -> None:
    rows = [
        "|Algemene reserve|Bestemmingsreserves|Totaal reserves",
        "Stand per 1 januari 2018|40|70|110",
        "Bij|5|6|11",
        "Af|15|0|15",
        "Stand per 31 december 2018|30|76|106",
    ]
    assert _reserves(_saved(rows, stacked=False)) == {
        "Algemene reserve": [40, None, 5, 15, 30],
        "Bestemmingsreserves": [70, None, 6, 0, 76],
    }


@pytest.mark.parametrize("stacked", [False, True])
def test_a_sum_without_a_name_and_numbers_before_names_are_no_reserves(stacked: bool) -> None:
    rows = [
        "Nr.|Naam|Stand 1-1-2018|Bij|Af|Stand 31-12-2018",
        "|Algemene reserves||||",
        "1|Reserve Wmo|50|10|20|40",
        "2|Reserve sport|7|1|2|6",
        "||57|11|22|46",
        "|Bestemmingsreserves||||",
        "3|Reserve groen|9|1|0|10",
    ]
    assert _reserves(_saved(rows, stacked)) == {
        "1 Reserve Wmo": [50, None, 10, 20, 40],
        "2 Reserve sport": [7, None, 1, 2, 6],
        "3 Reserve groen": [9, None, 1, 0, 10],
    }


def test_the_result_of_the_year_before_may_come_in_and_go_out() -> None:
    rows = [
        "Reserve|Stand 31-12-2017|Resultaatbestemming 2017|Mutaties 2018|Stand 31-12-2018",
        "toevoeging|onttrekking|toevoeging|onttrekking",
        "Reserve Wmo|50|||10|20|40",
        "Reserve sport|7|3||1|2|9",
    ]
    text = _saved(rows, stacked=False)
    assert _reserves(text) == {"Reserve Wmo": [50, None, 10, 20, 40]}
    assert (7, "unproved_row") in _told(text)


def test_a_net_movement_proves_two_balances_and_is_neither_added_nor_withdrawn() -> None:
    rows = ["Reserve|Stand 31-12-2017|Mutaties 2018|Stand 31-12-2018", "Reserve Wmo|50|-20|30"]
    assert _reserves(_saved(rows, stacked=False)) == {"Reserve Wmo": [50, None, None, None, 30]}


def test_short_words_and_years_of_two_figures_are_known() -> None:
    rows = ["Reserve|Stand 1-1-18|Dot.|Onttr.|Stand 31-12-18", "Reserve Wmo|50|10|20|40"]
    assert _reserves(_saved(rows, stacked=False)) == {"Reserve Wmo": [50, None, 10, 20, 40]}
    assert _reserves(_saved(rows, stacked=False).replace("-18", "-16")) == {}


def test_a_name_that_goes_on_below_its_row_is_whole() -> None:
    text = (
        f"{TOP}Reserve\tStand 1-1-2018\tBij\tAf\tStand 31-12-2018\n"
        "Reserve Wmo (met de\t50\t10\t20\t40\njeugd)\nReserve sport\t7\t1\t2\t6\n"
    )
    assert list(_reserves(text)) == ["Reserve Wmo (met de jeugd)", "Reserve sport"]


def test_movements_of_a_reserve_that_is_not_named_are_named_unread() -> None:
    rows = ["Bedrag|2018|2019", "Stand per 1 januari|5|4", "Bij|0|0", "Af|1|1", "Stand 31 dec.|4|3"]
    text = _saved(rows, stacked=False)
    assert _reserves(text) == {}
    assert [kind for _, kind in _told(text)] == ["unread_table"]


def test_a_page_with_amounts_of_which_nothing_is_known_is_not_refused() -> None:
    text = "Huren 2018\n\nPand\n\n" + "\n\n".join(f"{n}00" for n in range(1, 10)) + "\n"
    assert [kind for _, kind in _told(text)] == ["unread_table"]


def test_a_statement_without_years_is_of_the_year_above_it() -> None:
    rows = ["Reserves 2017", "Naam|Stand 1-1|Bij|Af|Stand 31-12", "Reserve Wmo|50|10|20|40"]
    text = _saved(rows, stacked=False)
    assert _reserves(text) == {}
    assert [kind for _, kind in _told(text)] == ["unread_table"]


def test_balances_alone_beside_a_statement_with_movements_are_not_taken_again() -> None:
    rows = [
        "Reserves|31-12-2017|31-12-2018",
        "Algemene reserves|50|40",
        "\n\nVerloop van de reserves",
        "Naam|Stand 1-1|Bij|Af|Stand 31-12",
        "Reserve Wmo|50|10|20|40",
    ]
    text = _saved(rows, stacked=False)
    assert list(_reserves(text)) == ["Reserve Wmo"]
    assert [kind for _, kind in _told(text)] == ["unread_table"]


def test_blocks_of_movements_below_provisions_are_no_reserves() -> None:
    rows = ["Reserves|2018"]
    for name in ("Reserve Wmo", "Voorzieningen", "Pensioenen"):
        rows += [name] if name == "Voorzieningen" else [
            name, "Stand per 1 januari|5", "Bij|2", "Af|1", "Stand per 31 december|6",
        ]  # fmt: skip
    assert list(_reserves(_saved(rows, stacked=False))) == ["Reserve Wmo"]


def test_the_kind_of_a_reserve_is_no_part_of_its_name() -> None:
    rows = ["Reserve|Soort|Stand 1-1|Bij|Af|Stand 31-12", "Reserve Wmo|Project|50|10|20|40"]
    assert list(_reserves(_saved(rows, stacked=False))) == ["Reserve Wmo"]


@pytest.mark.parametrize("stacked", [False, True])
def test_a_mark_behind_the_name_of_each_reserve_is_no_part_of_it(stacked: bool) -> None:
    rows = (
        "(bedragen x € 1.000)||31-12-2017|Toevoeging|Onttrekking|31-12-2018",
        "Algemene reserve|A2|9.310|0|-3.120|6.190",
        "Reserve sport|B1|2.418|510|-902|2.026",
        "Totaal||11.728|510|-4.022|8.216",
    )
    assert _reserves(_saved(rows, stacked)) == {
        "Algemene reserve": [9310, None, 0, 3120, 6190],
        "Reserve sport": [2418, None, 510, 902, 2026],
    }


@pytest.mark.parametrize("stacked", [False, True])
def test_begin_and_eind_are_balances_of_the_year_above_them(stacked: bool) -> None:
    rows = (
        "|2018|||",
        "Reserve omschrijving|Begin|Toevoeg. Expl.|Onttrekk. Expl.|Eind",
        "R002 Algemene reserve|7.410|905|266|8.049",
        "R010 Wmo|115|-|25|90",
    )
    assert _reserves(_saved(rows, stacked)) == {
        "R002 Algemene reserve": [7410, None, 905, 266, 8049],
        "R010 Wmo": [115, None, 0, 25, 90],
    }


def test_a_movement_without_amounts_is_no_name_and_a_result_that_counts_is_named() -> None:
    head = "in euro's\t2018\t2019\nStand per 1 januari\t875.000\t630.000\n"
    moved = "Toevoegingen\t410.000\t410.000\nOnttrekkingen\t-655.000\t-380.000\n"
    empty = f"{head}Resultaat voorgaand jaar\t\t\n{moved}Stand per 31 december\t630.000\t660.000\n"
    result = empty.replace("jaar\t\t\n", "jaar\t5.000\t\n").replace("\t630.000\t6", "\t635.000\t6")
    text = f"2.1 Zorg 2018\n\nBestemmingsreserve wegen\n\n{empty}\nReserve groen\n\n{result}"
    assert _reserves(text) == {"Bestemmingsreserve wegen": [875, None, 410, 655, 630]}
    assert [kind for _, kind in _told(text)] == ["unproved_row"]


@pytest.mark.parametrize(
    "heads",
    [
        "Reserve|Saldo begin 2018|Erbij 2018|Eraf 2018|Saldo begin 2019",
        "Reserve|Boekwaarde begin boekjaar|Toevoegingen|Onttrekkingen|Boekwaarde einde boekjaar",
        "Reserve|Stand primo 2018|Dotaties|Aanwending|Stand ultimo 2018",
    ],
)
def test_balances_and_movements_are_known_in_other_words(heads: str) -> None:
    text = _saved([heads, "Reserve wegen|1.450|300|150|1.600", "Reserve kunst|60|5|65|0"], False)
    assert _reserves(text) == {
        "Reserve wegen": [1450, None, 300, 150, 1600],
        "Reserve kunst": [60, None, 5, 65, 0],
    }


def test_a_reserve_in_which_depreciation_counts_is_named() -> None:
    heads = (
        "Reserve|Stand 1-1-2018|Toevoegingen|Onttrekkingen"
        "|Vermindering ter dekking van afschrijvingen|Rekeningresultaat vorig jaar|Stand 31-12-2018"
    )
    rows = ("Reserve wegen|100|20|10|0|0|110", "Reserve school|100|20|10|5|0|105",
            "Algemene reserve|100|20|10|0|7|117")  # fmt: skip
    text = _saved([heads, *rows], False)
    assert _reserves(text) == {"Reserve wegen": [100, None, 20, 10, 110]}
    assert [kind for _, kind in _told(text)] == ["unproved_row", "unproved_row"]


def test_unknown_columns_between_balances_alone_leave_a_statement_unread() -> None:
    rows = ("Reserve wegen|100|20|120", "Reserve school|50|10|60", "Totaal|150|30|180")
    known = _saved(["Reserve|Stand 1-1-2018|Mutaties 2018|Stand 31-12-2018", *rows], False)
    assert len(_reserves(known)) == len(rows) - 1
    unknown = _saved(["Reserve|Stand 1-1-2018|Overig 2018|Stand 31-12-2018", *rows], False)
    assert _reserves(unknown) == {}
    assert [kind for _, kind in _told(unknown)] == ["unread_table"]


def test_one_head_over_several_columns_is_found_by_what_may_stand_below_it() -> None:
    upper = ["", "Soort", "Eindsaldo", "Resultaat", "Beginsaldo", "Begroting 2018", "Eindsaldo"]
    rows = ["Reserve|reserve|2017|bestemming|2018|Dot.|Onttr.|2018",
            "Reserve school|Project|810|-|810|950|844|916",
            "Reserve wegen|Project|744|-|744|-|30|714"]  # fmt: skip
    for heads in (upper, upper[1:]):
        text = _saved(["|".join(heads), *rows], False)
        assert _reserves(text) == {
            "Reserve school": [810, None, 950, 844, 916],
            "Reserve wegen": [744, None, 0, 30, 714],
        }
    lost = _saved(["|".join(each for each in upper if each != "Beginsaldo"), *rows], False)
    assert _reserves(lost) == {}
    assert "unread_table" in [kind for _, kind in _told(lost)]


def test_programmes_and_goals_beside_reserves_are_no_part_of_their_names() -> None:
    moved = "Stand 1-1-2018|Toevoegingen|Onttrekkingen|Stand 31-12-2018"
    rows = ("Reserve wegen|Ruimte|100|20|10|110", "Reserve kunst|Bestuur|50|0|10|40")
    for head in ("Programma", "Doel"):
        text = _saved([f"Reserve|{head}|{moved}", *rows], False)
        assert list(_reserves(text)) == ["Reserve wegen", "Reserve kunst"]
        assert _reserves(_saved([f"Reserve|{head}|{moved}", *rows], True)) == {}


def test_a_sum_without_a_name_behind_the_only_whole_row_is_told_from_it() -> None:
    heads = "Stand 1-1-2018|Toevoeging|Onttrekking|Resultaat vorig boekjaar|Stand 31-12-2018"
    rows = (heads, "ALGEMENE RESERVES", "1.|Algemene reserve|100|20|10|0|110", "100|20|10|0|110",
            "BESTEMMINGSRESERVES", "2.|Reserve wegen|511|164|202|473",
            "3.|Reserve kunst|430|7|57|380", "4.|Reserve sport|131|11|30|112")  # fmt: skip
    assert _reserves(_saved(rows, True)) == {
        "1. Algemene reserve": [100, None, 20, 10, 110],
        "2. Reserve wegen": [511, None, 164, 202, 473],
        "3. Reserve kunst": [430, None, 7, 57, 380],
        "4. Reserve sport": [131, None, 11, 30, 112],
    }


def test_a_row_that_is_cut_where_the_look_ahead_ends_does_not_hide_a_table() -> None:
    years = range(2018, 2022)
    heads = ["01-01-2018"]
    for year in years:
        heads += [f"Storting {year}", f"Onttrekking {year}", f"01-01-{year + 1}"]
    rows = [f"{n}|Reserve {chr(96 + n)}|{'|'.join(['90', '5', '5'] * 4)}|90" for n in range(1, 13)]
    table = ["Nr.|Bedragen x € 1.000|" + "|".join(heads), "Reserves", *rows]
    found = _reserves(_saved(table, True).replace("\n\n", "\n"))
    assert len(found) == len(rows)
    assert found["1 Reserve a"] == [90, None, 5, 5, 90]


def test_the_number_of_the_first_row_below_the_heads_is_no_amount() -> None:
    heads = "Nr.|Naam reserve|Stand 1-1-2018|Storting|Onttrekking|Stand 31-12-2018"
    rows = ("1|Reserve wegen|511|164|202|473", "2|Reserve kunst|430|17|57|390")
    assert _reserves(_saved([heads, *rows], True)) == {
        "1 Reserve wegen": [511, None, 164, 202, 473],
        "2 Reserve kunst": [430, None, 17, 57, 390],
    }
    unnumbered = [heads[4:], "Reserve sport|1", "Reserve kunst|430|17|57|390"]
    assert "Reserve kunst" in _reserves(_saved(unnumbered, True))


def test_a_group_above_its_reserves_is_none_of_them() -> None:
    rows = (
        "Naam reserve|Boekwaarde 1-1-2018|Toevoeging|Onttrekking|Boekwaarde 31-12-2018",
        "A ALGEMENE RESERVES|739|43|22|760", "Algemene Reserve|641|25||666",
        "Algemene Grondreserve|98|18|22|94", "Totaal algemene reserves|739|43|22|760",
    )  # fmt: skip
    text = _saved(rows, False)
    assert list(_reserves(text)) == ["Algemene Reserve", "Algemene Grondreserve"]
    assert "part_row" in {issue.kind for issue in extracted(text).issues}


@pytest.mark.parametrize(("opening", "found"), [("322", [322, None, None, 5, 317]), ("5", None)])
def test_amounts_that_fit_only_without_an_opening_balance_are_not_taken(
    opening: str, found: list[object] | None
) -> None:
    withdrawn = {"322": "5", "5": "322"}[opening]
    text = _saved(
        [
            "Reserve|Saldo 1-1-2018|Onttrekkingen 2018|Toevoegingen 2018|Saldo 31-12-2018",
            "Reserve sport|900|125|75|850",
            f"Reserve begraafplaatsen|{opening}|{withdrawn}||317",
        ],
        stacked=True,
    )
    assert _reserves(text).get("Reserve begraafplaatsen") == found
    assert bool(_told(text)) == (found is None)


@pytest.mark.parametrize(("closing", "told"), [("2.000", False), ("2.100", True)])
def test_a_total_of_reserves_that_misses_its_rows_in_a_column_is_named(
    closing: str, told: bool
) -> None:
    text = f"{TOP}{HEAD}" + (
        "Reserve wegen\t1.000\t10\t300\t210\t1.100\nReserve sport\t800\t10\t200\t110\t900\n"
        f"Totaal\t1.800\t20\t500\t320\t{closing}\n"
    )
    assert len(_reserves(text)) == 2
    issues = [each for each in extracted(text).issues if each.kind == "contradiction"]
    assert [each.line for each in issues] == [7] * told


@pytest.mark.parametrize("stacked", [True, False])
@pytest.mark.parametrize(("first", "read"), [(2018, True), (2016, False), (2019, False)])
def test_movements_of_a_year_that_the_balances_do_not_have_leave_a_statement_unread(
    stacked: bool, first: int, read: bool
) -> None:
    rows = [
        f"Reserve|Stand|Mutaties {first}|Stand|Mutaties 2019|Stand",
        "|1-1-2018|Onttrekking|Toevoeging|31-12-2018|Onttrekking|Toevoeging|31-12-2019",
        "Reserve wegen|900|-125|75|850|-50|20|820",
        "Reserve sport|400|-60|30|370|-40|25|355",
    ]
    text = _saved(rows, False) if not stacked else TOP + "\n".join(rows).replace("|", "\n") + "\n"
    assert len(_reserves(text)) == 2 * read
    assert ("unread_table" in {kind for _, kind in _told(text)}) == (not read)


def test_a_dash_behind_an_amount_is_a_minus_or_a_cell_that_is_lost() -> None:
    rows = [
        "Reserve|Stand 1-1-2018|Onttrekking 2018|Toevoeging 2018|Stand 31-12-2018",
        "Reserve wegen|900|125|75|850",
        "Reserve sport|400|-|30|430",
        "Reserve kunst|79 -|-|79",
    ]
    text = _saved(rows, stacked=True)
    assert list(_reserves(text)) == ["Reserve wegen", "Reserve sport"]
    assert [kind for _, kind in _told(text)] == ["unproved_row"]
