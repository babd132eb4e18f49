"""Statements of reserves: each row proved by its own closing balance, or named."""

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


def _told(text: str) -> list[tuple[int, str]]:
    wanted = ("unproved_row", "ambiguous_row", "unread_table", "same_name")
    return [(each.line, each.kind) for each in extracted(text).issues if each.kind in wanted]


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
    head = HEAD.replace("Rente", "Bestemming resultaat")
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
