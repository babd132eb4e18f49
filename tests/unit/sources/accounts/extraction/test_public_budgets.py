"""Tables of public budgets that say by their document what they hold; figures made up."""

import pytest

from doelenboom.sources.accounts.extraction.package.assembling import Extraction
from tests.unit.sources.accounts.extraction.chapters import extracted, table_of

YEARS = (
    ("Exploitatie", "2016", "2017", "2018", "2019", "2020"),
    ("Lasten", "780", "790", "800", "820", "840"),
    ("Baten", "340", "345", "350", "360", "370"),
    ("Saldo", "440", "445", "450", "460", "470"),
)
AHEAD = tuple((row[0], *row[3:]) for row in YEARS)
SIDES = (
    ("", "Lasten", "Baten", "Saldo"),
    ("1. Wonen", "300", "100", "200"),
    ("2. Zorg", "500", "250", "250"),
    ("Saldo van baten en lasten", "800", "350", "450"),
)
MOVED = ("Reserve mutaties", "40", "90", "-50")


def _page(*parts: str, title: str = "") -> Extraction:
    body = "\n".join([*parts[:-1], "<p>Bedragen x € 1.000</p>", parts[-1]])
    head = f"<head><title>{title}</title></head>" if title else ""
    return extracted(f"<html>{head}<body>{body}</body></html>", "chapter.html")


def _figures(found: Extraction, column: str = "original_budget_keur") -> dict[tuple[str, str], int]:
    return {
        (row["line_item"], row["flow"]): int(row[column])
        for row in found.tables["programme_finance"]
        if row[column] is not None
    }


def _years(found: Extraction) -> dict[tuple[str, str, int], int]:
    return {
        (row["flow"], row["phase"], row["amount_year"]): int(row["amount_keur"])
        for row in found.tables["budget_years"]
        if row["amount_keur"] is not None
    }


def _kinds(found: Extraction) -> set[str]:
    return {issue.kind for issue in found.issues}


@pytest.mark.parametrize(
    "title", ["<h1>Begroting 2018</h1>", "<h1>Programmabegroting 2018-2021</h1>"]
)
def test_years_of_a_budget_are_budgets_from_its_own_on(title: str) -> None:
    found = _page(title, table_of(YEARS))
    assert _figures(found)["Totaal programma", "expenses"] == 800
    assert _years(found) == {
        (flow, "forecast", year): amount
        for flow, amounts in {
            "expenses": (820, 840), "revenue": (360, 370), "net_cost": (460, 470)
        }.items()
        for year, amount in zip((2019, 2020), amounts, strict=True)
    }  # fmt: skip
    unknown = [issue.text for issue in found.issues if issue.kind == "unknown_column"]
    assert unknown == ["2016", "2017"]


def test_the_title_of_a_saved_page_says_what_document_it_is_of() -> None:
    found = _page(
        "<h1>Zorg</h1>", table_of(SIDES), title="Zorg - Begroting 2018 - Gemeente Waterdam"
    )
    assert _figures(found)["2. Zorg", "expenses"] == 500
    assert [row["programme_name"] for row in found.tables["programmes"]] == ["Zorg"]


def test_years_that_go_on_from_that_of_the_document_are_of_a_budget() -> None:
    found = _page("<h2>Wat gaat het kosten?</h2>", table_of(AHEAD))
    assert _figures(found)["Totaal programma", "net_cost"] == 450
    assert len(_years(found)) == 6


@pytest.mark.parametrize(
    "above",
    [
        ["<h1>Jaarstukken 2018</h1>"],
        ["<h1>Begroting 2018</h1>", "<h3>Mutaties ten opzichte van de vorige begroting</h3>"],
        ["<h1>Begroting 2018</h1>", "<h3>Nieuw beleid</h3>"],
        ["<h1>Begroting 2018</h1>", "<h3>Kostendekkendheid riolering</h3>"],
    ],
)
def test_years_of_accounts_or_of_a_change_are_not_taken_for_a_budget(above: list[str]) -> None:
    found = _page(*above, table_of(AHEAD))
    assert found.tables["programme_finance"] == []
    assert "unread_table" in _kinds(found)


def test_reserves_in_a_budget_of_years_are_no_costs() -> None:
    rows = (
        ("Reserve", "Storting 2018", "Onttrekking 2018"),
        ("Wegen", "5", "7"),
        ("Zorg", "2", "3"),
    )
    found = _page("<h1>Begroting 2018</h1>", table_of(rows))
    assert found.tables["programme_finance"] == []


def test_a_total_below_the_reserves_that_holds_them_is_no_total_of_costs() -> None:
    found = _page(
        "<h1>Begroting 2018</h1>", table_of([*SIDES[:3], MOVED, ("Totaal", "840", "440", "400")])
    )
    figures = _figures(found)
    assert figures["Totaal programma", "transfer_to_reserves"] == 40
    assert figures["Totaal programma", "net_cost_after_reserves"] == 400
    assert ("Totaal programma", "expenses") not in figures


def test_a_total_below_the_reserves_that_does_not_hold_them_is_one() -> None:
    found = _page(
        "<h1>Begroting 2018</h1>", table_of([*SIDES[:3], MOVED, ("Totaal", "800", "350", "450")])
    )
    assert _figures(found)["Totaal programma", "expenses"] == 800


def test_a_second_table_of_the_same_names_below_a_heading_of_reserves_is_of_these() -> None:
    moved = (
        SIDES[0],
        ("1. Wonen", "5", "8", "-3"),
        ("2. Zorg", "2", "0", "2"),
        ("Totaal", "7", "8", "-1"),
    )
    found = _page(
        "<h1>Begroting 2018</h1>",
        "<h3>Meerjarig (exclusief reserveringen)</h3>", table_of(SIDES),
        "<h3>Meerjarig (reserveringen)</h3>", table_of(moved),
    )  # fmt: skip
    figures = _figures(found)
    assert figures["1. Wonen", "expenses"] == 300
    assert figures["1. Wonen", "transfer_from_reserves"] == 8


def test_balances_have_their_costs_and_revenue_in_rows_of_the_same_name() -> None:
    rows = (
        ("Programma", "", "2018", "2019", "2020"),
        ("01 Wonen", "lasten", "300", "310", "320"),
        ("01 Wonen", "baten", "100", "110", "120"),
        ("", "saldo", "-200", "-200", "-200"),
        ("Algemene baten en lasten", "lasten", "50", "60", "70"),
        ("Algemene baten en lasten", "baten", "400", "410", "420"),
        ("", "saldo", "350", "350", "350"),
        ("Saldo voor bestemming", "lasten", "350", "370", "390"),
        ("", "baten", "500", "520", "540"),
        ("", "saldo", "150", "150", "150"),
    )
    figures = _figures(_page("<h1>Begroting 2018</h1>", table_of(rows)))
    assert figures["Algemene baten en lasten", "revenue"] == 400
    assert figures["Totaal programma", "expenses"] == 350
    assert figures["Totaal programma", "net_cost"] == -150


def test_a_phase_may_have_its_balance_alone_beside_phases_with_costs_and_revenue() -> None:
    rows = (
        ("", "Saldo<br>Rekening 2017", "Saldo<br>Primitief 2018",
         *(f"Rekening 2018<br>{flow}" for flow in ("Lasten", "Baten", "Saldo"))),
        ("1. Wonen", "-190", "-195", "300", "100", "-200"),
        ("2. Zorg", "-240", "-245", "500", "250", "-250"),
        ("Totaal", "-430", "-440", "800", "350", "-450"),
    )  # fmt: skip
    found = _page("<h1>Jaarverslag 2018</h1>", table_of(rows))
    assert _figures(found)["1. Wonen", "net_cost"] == 195
    assert _years(found)["net_cost", "actual", 2017] == 430


def test_what_goes_into_reserves_may_be_printed_above_zero_where_costs_are_not() -> None:
    rows = (
        ("Lasten", "Begroting", "Begroting", "Verschil"),
        ("", "2017", "2018", ""),
        ("Wonen", "-300", "-310", "-10"),
        ("Zorg", "-500", "-520", "-20"),
        ("Totaal lasten", "-800", "-830", "-30"),
        ("Baten", "Begroting", "Begroting", "Verschil"),
        ("", "2017", "2018", ""),
        ("Zorg", "250", "260", "10"),
        ("Totaal baten", "250", "260", "10"),
        ("Saldo voor resultaatbestemming", "-550", "-570", "-20"),
        ("Toevoegingen reserves", "40", "45", "-5"),
        ("Onttrekkingen reserves", "-90", "-80", "-10"),
        ("Totaal reserves", "-50", "-35", "-15"),
        ("Saldo na resultaatbestemming", "-500", "-535", "-35"),
    )
    figures = _figures(_page("<h1>Begroting 2018</h1>", table_of(rows)))
    total = {flow: amount for (item, flow), amount in figures.items() if item == "Totaal programma"}
    assert total == {
        "expenses": 830, "revenue": 260, "net_cost": 570, "transfer_to_reserves": 45,
        "transfer_from_reserves": 80, "net_reserve_movement": -35, "net_cost_after_reserves": 535,
    }  # fmt: skip
    assert figures["Zorg", "revenue"] == 260


def test_a_budget_beside_one_of_which_it_is_not_known_what_it_is_has_no_place() -> None:
    rows = (
        ("", "Begroting 2018", "Begroting 2018 herzien", "Rekening 2018", "Verschil"),
        ("Lasten", "700", "720", "690", "30"),
        ("Baten", "200", "210", "220", "10"),
    )
    found = _page("<h1>Jaarstukken 2018</h1>", table_of(rows))
    assert _figures(found) == _figures(found, "final_budget_keur") == {}
    assert _figures(found, "actual_keur")["Totaal programma", "expenses"] == 690
    assert "unknown_column" in _kinds(found)


def test_reserves_among_the_taakvelden_of_costs_are_put_into_them() -> None:
    rows = (
        ("Taakvelden", "Rekening 2016", "Begroting 2018", "Raming 2019"),
        ("LASTEN", "", "", ""),
        ("0.1 Bestuur", "-300", "-310", "-320"),
        ("0.10 Mutaties reserves", "-40", "-50", "-60"),
        ("6.2 Wijkteams", "-500", "-520", "-540"),
        ("Totaal lasten", "-840", "-880", "-920"),
        ("BATEN", "", "", ""),
        ("0.10 Mutaties reserves", "70", "80", "90"),
        ("6.2 Wijkteams", "100", "110", "120"),
        ("Totaal baten", "170", "190", "210"),
    )
    figures = _figures(_page("<h1>Begroting 2018</h1>", table_of(rows)))
    assert figures == {
        ("0.1 Bestuur", "expenses"): 310,
        ("6.2 Wijkteams", "expenses"): 520,
        ("6.2 Wijkteams", "revenue"): 110,
        ("Totaal programma", "transfer_to_reserves"): 50,
        ("Totaal programma", "transfer_from_reserves"): 80,
    }


def test_totals_of_several_programmes_in_one_table_are_no_total_of_all() -> None:
    rows = (
        SIDES[0],
        ("01. Wonen", "", "", ""),
        ("01.01 Bouwen", "300", "100", "200"),
        ("Totaal programma", "300", "100", "200"),
        ("02. Zorg", "", "", ""),
        ("02.01 Wmo", "500", "250", "250"),
        ("Totaal programma", "500", "250", "250"),
    )
    found = _page("<h1>Begroting 2018</h1>", table_of(rows))
    assert {item for item, _ in _figures(found)} == {"01.01 Bouwen", "02.01 Wmo"}
    assert "part_row" in _kinds(found)


@pytest.mark.parametrize(("year", "read"), [("2018", True), ("2015", False)])
def test_a_line_just_above_heads_without_years_says_of_which_they_are(
    year: str, read: bool
) -> None:
    text = (
        "Jaarrekening 2018\n\nbedragen x € 1.000\n\n"
        f"Overzicht taakvelden          Lasten en baten {year}\n"
        "Omschrijving    Primaire begroting    Jaarrekening\n"
        "Lasten                         700             690\n"
        "Baten                          200             210\n"
        "Saldo                          500             480\n"
    )
    assert bool(extracted(text).tables["programme_finance"]) == read


def test_a_name_over_several_columns_gives_back_the_cells_it_took() -> None:
    rows = (
        "\t\tLasten\tBaten\tSaldo",
        "01\tWonen\t300\t100\t200",
        "02\tZorg\t500\t250\t250",
        "Saldo van baten en lasten\t800\t350\t450",
    )
    text = "Begroting 2018\n\nbedragen x € 1.000\n\n" + "\n".join(rows) + "\n"
    assert _figures(extracted(text))["Totaal programma", "net_cost"] == 450


def test_heads_over_several_columns_stand_just_above_a_table_in_columns() -> None:
    text = (
        "Jaarrekening 2018\n\nbedragen x € 1.000\n\n"
        "Nr.  Taakveld          Primaire begroting         Rekening\n"
        "                       Baten   Lasten   Saldo     Baten   Lasten   Saldo\n"
        "0.1  Bestuur             100      300     200       110      310     200\n"
        "6.72 Maatwerk            250      500     250       240      520     280\n"
        "     18-\n"
        "Totaal                   350      800     450       350      830     480\n"
    )
    figures = _figures(extracted(text), "actual_keur")
    assert figures["6.72 Maatwerk 18-", "expenses"] == 520
    assert figures["Totaal programma", "net_cost"] == 480


@pytest.mark.parametrize("above", [True, False], ids=["above its parts", "below them"])
def test_a_row_that_adds_up_others_is_no_line_of_its_own(above: bool) -> None:
    parts = [("Jeugd", "300", "100", "200"), ("Wmo", "500", "250", "250")]
    theme = ("Samen leven", "800", "350", "450")
    rows = [
        SIDES[0],
        *([theme, *parts] if above else [*parts, theme]),
        ("Parkeren", "90", "70", "20"),
        ("Totaal", "890", "420", "470"),
    ]
    found = _page("<h1>Begroting 2018</h1>", table_of(rows))
    items = {item for item, _ in _figures(found)}
    assert items == {"Jeugd", "Wmo", "Parkeren", "Totaal programma"}
    assert "part_row" in _kinds(found)
    assert "contradiction" not in _kinds(found)


def test_a_main_taakveld_of_one_taakveld_is_no_line_of_its_own() -> None:
    rows = [
        SIDES[0],
        ("1.1 Brandweer", "300", "100", "200"),
        ("1. Veiligheid", "300", "100", "200"),
        ("2.1 Wegen", "500", "250", "250"),
        ("Totaal", "800", "350", "450"),
    ]
    found = _page("<h1>Begroting 2018</h1>", table_of(rows))
    assert {item for item, _ in _figures(found)} == {
        "1.1 Brandweer", "2.1 Wegen", "Totaal programma"
    }  # fmt: skip


def test_what_adds_up_in_one_column_is_a_line() -> None:
    rows = [
        ("", "Begroting 2018 primitief<br>Lasten", "Rekening 2018<br>Lasten"),
        ("Wonen", "800", "810"),
        ("Zorg", "300", "290"),
        ("Sport", "500", "530"),
        ("Totaal", "1.600", "1.630"),
    ]
    found = _page("<h1>Jaarstukken 2018</h1>", table_of(rows))
    assert ("Wonen", "expenses") in _figures(found, "actual_keur")


def test_sides_in_columns_of_their_own_below_heads_over_two_columns() -> None:
    rows = (
        "\tRekening 2018\tGewijzigde begroting 2018\tResultaat 2018\tOntwerp begroting 2018",
        "Lasten\t690\t\t720\t\t30\tV\t700\t",
        "Baten\t220\t\t210\t\t10\tV\t200\t",
        "Saldo\t470\tN\t510\tN\t40\tV\t500\tN",
    )
    text = "Jaarverslag 2018\n\nbedragen x € 1.000\n\n" + "\n".join(rows) + "\n"
    found = extracted(text)
    assert _figures(found, "final_budget_keur")["Totaal programma", "expenses"] == 720
    assert _figures(found)["Totaal programma", "net_cost"] == 500


def test_heads_over_groups_that_are_not_equally_wide() -> None:
    rows = (
        "\tPrimitieve begroting 2018\tRekening 2018\tRekening 2017",
        "\tLasten\tBaten\tSaldo\tLasten\tBaten\tSaldo\tSaldo",
        "1. Wonen\t300\t100\t-200\t310\t110\t-200\t-190",
        "2. Zorg\t500\t250\t-250\t520\t260\t-260\t-240",
        "Totaal\t800\t350\t-450\t830\t370\t-460\t-430",
    )
    text = "Jaarrekening 2018\n\nbedragen x € 1.000\n\n" + "\n".join(rows) + "\n"
    found = extracted(text)
    assert _figures(found, "actual_keur")["2. Zorg", "revenue"] == 260
    assert _years(found)["net_cost", "actual", 2017] == 430


def test_a_head_that_lacks_columns_is_laid_over_none() -> None:
    rows = ("\tRekening 2018\tBegroting 2018", "Lasten\t690\t720\t30\t5", "Baten\t220\t210\t10\t2")
    text = "Jaarrekening 2018\n\nbedragen x € 1.000\n\n" + "\n".join(rows) + "\n"
    found = extracted(text)
    assert found.tables["programme_finance"] == []
    assert "unread_table" in _kinds(found)


@pytest.mark.parametrize(
    ("total", "read"), [("800 100 700", {"expenses": 300, "net_cost": 300}), ("", {})]
)
def test_amounts_of_a_row_that_lost_a_cell_stand_where_sums_leave_one_way(
    total: str, read: dict[str, int]
) -> None:
    lines = [
        *("Jaarrekening 2018", "", "Tekst over zorg.", "", "bedragen x € 1.000"),
        *("Rekening 2018", "Lasten", "Baten", "Saldo"),
        *("Wonen", "500", "100", "400", "Zorg", "300", "300", "Sport", "0", "0", "0"),
        *(["Totaal", *total.split()] if total else ()),
    ]
    found = extracted("\n".join(lines) + "\n")
    figures = _figures(found, "actual_keur")
    assert {flow: amount for (item, flow), amount in figures.items() if item == "Zorg"} == read
    assert figures["Wonen", "revenue"] == 100
    assert bool(read) or "ambiguous_row" in _kinds(found)


def test_a_table_is_not_read_from_the_second_row_of_its_heads_on() -> None:
    three = 'colspan="3"'
    heads = (
        f"<tr><th></th><th {three}>Begroting 2018</th><th {three}>Realisatie 2018</th>"
        f"<th {three}>Verschil begroting</th></tr>"
        f"<tr><th></th><th {three}>Primitief</th><th {three}></th>"
        f"<th {three}>(Na wijz.) - Realisatie</th></tr>"
    )
    rows = (
        ("Stortingen in reserves", "-20", "0", "-20", "-96", "0", "-96", "-76", "0", "-76"),
        ("Onttrekkingen aan reserves", "0", "80", "80", "0", "58", "58", "0", "-22", "-22"),
        ("Saldo van baten en lasten", "-20", "80", "60", "-96", "58", "-38", "-76", "-22", "-98"),
    )
    table = table_of(rows).replace("<table>", f"<table>{heads}")
    found = _page("<h1>Jaarrekening 2018</h1>", table)
    assert found.tables["programme_finance"] == []
    assert "unread_table" in _kinds(found)


def test_a_programme_among_its_taakvelden_is_no_line_of_its_own() -> None:
    rows = [
        SIDES[0],
        ("Programma 1 Wonen", "900", "400", "500"),
        ("2.1 Wegen", "300", "100", "200"),
        ("8.3 Bouwen", "500", "250", "250"),
    ]
    found = _page("<h1>Begroting 2018</h1>", table_of(rows))
    assert {item for item, _ in _figures(found)} == {"2.1 Wegen", "8.3 Bouwen"}


@pytest.mark.parametrize(("year", "read"), [("2018", True), ("2017", False)])
def test_a_result_of_another_year_is_no_variance_of_this_one(year: str, read: bool) -> None:
    rows = [
        ("", "Rekening 2018", "Gewijzigde begroting 2018", f"Resultaat {year}"),
        ("Lasten", "690", "720", "30"),
        ("Baten", "220", "210", "10"),
    ]
    found = _page("<h1>Jaarverslag 2018</h1>", table_of(rows))
    assert bool(_figures(found, "variance_keur")) == read
    assert _figures(found, "actual_keur")["Totaal programma", "expenses"] == 690
