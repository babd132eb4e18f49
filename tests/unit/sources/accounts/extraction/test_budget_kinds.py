"""Kinds of tables of budgets and accounts that were met in further layouts, figures made up."""

import pytest

from doelenboom.sources.accounts.extraction.document.lines import Line
from doelenboom.sources.accounts.extraction.tables.columns import column_of
from doelenboom.sources.accounts.extraction.tables.grid import is_page_number
from doelenboom.sources.accounts.extraction.tables.units import unit_of
from tests.unit.sources.accounts.extraction.chapters import extracted


@pytest.mark.parametrize(
    "head",
    [
        "Begroting 2017¹⁾ na wijziging",
        "Begroting 20171) na wijziging",
        "Begroting 2017 (2) na wijziging",
        "Begroting 2017* na wijziging",
        "Begroting na wijziging 1) 2017",
    ],
)
def test_a_note_in_a_head_does_not_cut_it(head: str) -> None:
    column = column_of(head, 2018)
    assert (column.phase, column.year) == ("final_budget", 2017)


@pytest.mark.parametrize("head", ["Begroting 2018 incl. 1e t/m 3e wijz.", "Begroting stand wijz."])
def test_a_budget_that_says_more_than_is_understood_is_none(head: str) -> None:
    assert column_of(head, 2018).phase == ""


def test_a_unit_in_a_head_over_two_lines_is_read_whole() -> None:
    head = [Line(1, "", ("Programma (bedragen x €", "Lasten")), Line(2, "", ("1.000)", "2018"))]
    assert unit_of(head, head, 0, 2, []).factor == 1


def test_a_unit_that_is_broken_off_is_in_doubt() -> None:
    head = [Line(1, "Programma (bedragen x €")]
    assert unit_of(head, head, 0, 1, []).doubt == "De eenheid is afgebroken; niet overgenomen."


def test_a_statement_of_reserves_is_no_cost_table() -> None:
    found = extracted(
        "Jaarstukken 2018\n\nVerloop van de reserves (x € 1.000)\n\n"
        "Reserve\tStand 1-1-2018\tToevoegingen begroot\tToevoegingen werkelijk"
        "\tOnttrekkingen begroot\tOnttrekkingen werkelijk\tStand 31-12-2018\n"
        "Algemene reserve\t500\t30\t40\t20\t10\t530\nReserve zorg\t300\t5\t0\t0\t50\t250\n"
    )
    assert found.tables["programme_finance"] == []


def test_the_end_of_a_name_is_no_number_of_a_page() -> None:
    assert not is_page_number("18-")
    assert all(map(is_page_number, ("18", "- 18 -", "pagina 18", "18 | ", "18 van 40", "- 18")))


def test_budgets_of_years_ahead_in_a_table_of_their_own_are_read() -> None:
    rows = "Lasten\t900\t950\nBaten\t90\t80\nSaldo van baten en lasten\t810\t870\nOnbekend\t5\t6\n"
    found = extracted(
        "Programma 3 Water\n\nBegroting 2018\n\nWat mag het kosten?\n\n"
        f"Bedragen x € 1.000\tRekening 2016\tBegroting 2018\n{rows}\nMeerjarenraming\n\n"
        f"Bedragen x € 1.000\tRaming 2019\tRaming 2020\n{rows}"
    )
    ahead = {
        (row["amount_year"], row["flow"]): row["amount_keur"]
        for row in found.tables["budget_years"]
        if row["phase"] == "forecast"
    }
    assert (ahead[2019, "expenses"], ahead[2020, "net_cost"]) == (900, 870)
    assert [each.kind for each in found.issues].count("unknown_flow") == 2


@pytest.mark.parametrize(("right", "read"), [("Baten", True), ("Opbrengst", False)])
def test_costs_beside_revenue_are_read_where_both_sides_say_so(right: str, read: bool) -> None:
    heads = ("Begroting na wijziging 2018", "Rekening 2018")
    rows = [("Lasten", "", "", right, "", ""), ("", *heads, "", *heads)]
    rows += [("Markten", "90", "95", "Huren", "7", "8"), ("Havens", "10", "5", "Leges", "1", "2")]
    rows += [("Totaal lasten", "100", "100", "Totaal baten", "8", "10")]
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    page = f"<h1>Programma 3 Water 2018</h1><p>(x € 1.000)</p><table>{body}</table>"
    found = {
        (row["line_item"], row["flow"]): row["actual_keur"]
        for row in extracted(page, "page.html").tables["programme_finance"]
    }
    assert (found.get(("Markten", "expenses")), found.get(("Huren", "revenue"))) == (
        (95, 8) if read else (None, None)
    )
    assert ("Markten", "revenue") not in found


def test_a_value_of_an_indicator_without_a_head_leaves_its_row_open() -> None:
    text = (
        "Verplichte BBV indicatoren 2018\n\nOmschrijving\tBron\tRealisatie\t\n"
        "Functiemenging\tLISA\t54,1\t54,6\nDemografische druk\tCBS\t67,2\t\n"
    )
    found = extracted(text)
    scores = {row["indicator_code"]: row["score"] for row in found.tables["statutory_indicators"]}
    assert list(scores) == ["bbv_37"]
    assert "indicator_values" in {issue.kind for issue in found.issues}


def test_an_indicator_has_its_unit_and_source_in_its_cell() -> None:
    text = (
        "Verplichte indicatoren 2018\n\nIndicator\t\t2017\t2018\n"
        "Functiemenging Eenheid: % Bron: LISA\tWD\t54,1\t54,6\nNL\t52\t53\n"
    )
    (row,) = extracted(text).tables["statutory_indicators"]
    assert (row["indicator_code"], str(row["score"])) == ("bbv_14", "54.6")


def test_a_first_row_with_one_amount_is_no_head() -> None:
    found = extracted(
        "<h1>Programma 3 Water</h1><h2>Wat heeft het gekost?</h2><table>"
        "<tr><th>x € 1.000</th><th>Begroting 2018</th><th>Rekening 2018</th></tr>"
        "<tr><td>Dijken</td><td></td><td>12</td></tr>"
        "<tr><td>Sloten</td><td>900</td><td>950</td></tr>"
        "<tr><td>Totaal lasten</td><td>900</td><td>962</td></tr></table>",
        "chapter.html",
    )
    rows = {row["line_item"]: row["actual_keur"] for row in found.tables["programme_finance"]}
    assert rows == {"Dijken": 12, "Sloten": 950, "Totaal programma": 962}
