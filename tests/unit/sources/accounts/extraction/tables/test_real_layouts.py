"""Cost tables as municipalities print them, figures made up: read, or left out with a word."""

from collections.abc import Sequence
from decimal import Decimal

import pytest

from doelenboom.sources.accounts.extraction.package.report import write_report
from doelenboom.sources.accounts.extraction.tables.heads import phases_in
from doelenboom.sources.accounts.extraction.tables.units import units_in
from tests.unit.sources.accounts.extraction.chapters import amounts, extracted, finance_of

TOTAL = "Totaal programma"
UNIT = "<p>Bedragen x € 1.000</p>"
HEAD = ("Omschrijving", "Begroting primitief", "Begroting na wijziging", "Rekening", "Verschil")
TEXT_HEAD = f"Bedragen x € 1.000\n{' '.join(HEAD)}\n"
LASTEN = ("Lasten", "3.100", "3.250", "3.180", "70")
BATEN = ("Baten", "410", "400", "430", "30")
RIGHT = {"expenses": [3100, 3250, 3180, 70], "revenue": [410, 400, 430, 30]}

Totals = dict[str, list[Decimal | None]]


def _page(*rows: Sequence[str], above: str = UNIT, caption: str = "") -> str:
    cells = ("".join(f"<td>{cell}</td>" for cell in row) for row in rows)
    body = "\n".join(f"<tr>{row}</tr>" for row in cells)
    return (
        "<html><body><h1>Programma 3 Water 2018</h1><h2>Wat heeft het gekost?</h2>\n"
        f"{above}\n<table>{caption}\n{body}\n</table></body></html>"
    )


def _read(text: str) -> tuple[Totals, set[str]]:
    rows, issues = finance_of(text, "page.html" if "<table>" in text else "chapter.txt")
    totals = {flow: amounts(row) for (item, flow), row in rows.items() if item == TOTAL}
    return totals, {issue.kind for issue in issues}


def _headline(text: str, name: str = "page.html") -> str:
    report = write_report([(extracted(text, name), None)])
    return next(line for line in report.splitlines() if line.startswith("**"))


def test_cells_win_over_a_line_with_the_unit_and_an_empty_one_stays_empty() -> None:
    page = _page(HEAD, ("Baten", "300", "", "450", "450"), ("Lasten", "500", "600", "450", "150"))
    assert _read(page)[0]["revenue"] == [300, None, 450, 450]


def test_blanks_between_amounts_bar_the_division_of_one() -> None:
    rows, issues = finance_of(f"{TEXT_HEAD}Lasten 600 500 400 100\nBaten 200 150 150\n")
    assert rows[TOTAL, "revenue"].amounts["original_budget"] != 20
    assert "ambiguous_row" in {issue.kind for issue in issues}


@pytest.mark.parametrize("title", ["Lasten en baten (x € 1.000)", "Overzicht van de lasten"])
def test_a_title_over_all_columns_says_no_flow(title: str) -> None:
    assert _read(_page((title, "", "", "", ""), HEAD, LASTEN, BATEN))[0] == RIGHT


def test_years_below_the_heads_belong_to_their_own_columns() -> None:
    page = _page(
        ("Omschrijving", "Rekening", "Begroting", "Meerjarenraming", ""),
        ("", "2017", "2018", "2019", "2020"),
        ("Lasten", "900", "950", "960", "970"),
        ("Baten", "90", "80", "70", "60"),
    )
    assert _read(page)[0] == {
        "expenses": [950, None, None, None],
        "revenue": [80, None, None, None],
    }


@pytest.mark.parametrize("head", ["2017 Rekening", "Rekening (2017)", "Rekening 2017"])
def test_the_year_in_a_head_is_that_of_its_column_wherever_it_stands(head: str) -> None:
    page = _page(
        ("Omschrijving", head, "Begroting 2018 na wijziging"),
        ("Lasten", "900", "950"),
        ("Baten", "90", "80"),
    )
    assert _read(page)[0]["expenses"] == [None, 950, None, None]


@pytest.mark.parametrize(
    "heads",
    [
        ("Rekening 2017", "Begroting 2018 na wijziging", "Verschil"),
        ("Begroting 2018 na wijziging", "Rekening 2018", "Verschil rekening 2018 - rekening 2017"),
        ("Begroting 2018 na wijziging", "Rekening 2018", "Verschil met primitieve begroting"),
    ],
)
def test_a_variance_of_another_year_or_budget_is_none_of_this_year(heads: Sequence[str]) -> None:
    page = _page(("", *heads), ("Lasten", "700", "650", "50"), ("Baten", "80", "90", "10"))
    assert _read(page)[0]["expenses"][3] is None


@pytest.mark.parametrize(
    ("factor", "words"),
    [
        ("0.001", "Bedragen x € 1"), ("0.001", "(x €1,-)"), ("0.001", "in hele euro’s"),
        ("0.001", "(€)"), ("0.001", "bedragen in EUR"), ("0.001", "× € 1"),
        ("0.001", "bedragen x 1 euro"), ("0.001", "in eenheden van 1 euro"),
        ("1", "in duizenden euro's"), ("1", "€ x 1.000"), ("1", "(x € 1.000,-)"), ("1", "k€"),
        ("1", "in euro's x 1.000"), ("1", "EUR x 1.000"), ("1", "x duizend euro"),
        ("1000", "(x € 1 mln.)"), ("1000", "Bedragen in € mln."), ("1000", "x € 1.000.000"),
        ("1000", "in miljoenen"), ("1000", "x miljoen euro"), ("1000", "M€"),
        ("", "een tekort van € 5,3 mln in 2018"), ("", "in euro's per inwoner"),
        ("", "Programmadirecteur: A. Jansen"), ("", "naar voorkeur van de raad"),
    ],
)  # fmt: skip
def test_a_unit_is_known_by_its_words(factor: str, words: str) -> None:
    assert units_in(words) == ([Decimal(factor)] if factor else [])


def test_a_difference_between_two_phases_is_one_column() -> None:
    assert phases_in("Verschil begroting 2018 na wijziging en rekening 2018") == ["variance"]
    assert phases_in("Verschil tussen begroting (na wijziging) en rekening") == ["variance"]


def test_a_unit_in_the_caption_or_for_all_of_the_chapter_counts() -> None:
    rows = (HEAD, LASTEN, BATEN)
    for page in (
        _page(*rows, above="", caption="<caption>Bedragen in euro's</caption>"),
        _page(*rows, above=f"<p>Alle bedragen zijn in euro's.</p>{'<p>Er is gebouwd.</p>' * 9}"),
    ):
        assert _read(page)[0]["expenses"][0] == Decimal("3.1")


def test_the_unit_nearest_above_wins_over_that_of_the_table_below() -> None:
    table = f"{TEXT_HEAD}Lasten 31.000 32.500 31.800 700\nBaten 4.100 4.000 4.300 300\n"
    text = table.replace("x € 1.000", "in euro's") + "\nInvesteringen (x € 1.000)\n\nGeen.\n"
    assert _read(text)[0]["expenses"][0] == 31


@pytest.mark.parametrize(
    ("first", "then", "named"),
    [("bedragen x", "€ 1.000", False), ("bedragen x € 1.000 of x €", "1 (min is nadeel)", True)],
)
def test_a_unit_broken_over_the_rows_of_a_head_is_read_whole(
    first: str, then: str, named: bool
) -> None:
    heads = ((first, "Begroting na wijziging", "Rekening"), (then, "2018", "2018"))
    body = (("Lasten", "900", "950"), ("Baten", "80", "90"))
    found, kinds = _read(_page(*heads, *body, above=""))
    assert ("unknown_unit" in kinds) == named
    assert (found["expenses"] == [None, 900, 950, None]) != named


def test_two_units_in_one_head_are_asked_about() -> None:
    totals, kinds = _read(
        _page(HEAD, LASTEN, BATEN, above="<p>Bedragen x € 1.000 of in euro's</p>")
    )
    assert totals["expenses"] == [None] * 4
    assert "unknown_unit" in kinds


def test_a_comma_between_thousands_is_asked_about() -> None:
    rows = [[cell.replace(".", ",") for cell in row] for row in (LASTEN, BATEN)]
    totals, kinds = _read(_page(HEAD, *rows))
    assert totals["expenses"] == [None] * 4
    assert "unknown_unit" in kinds


@pytest.mark.parametrize("mark", ["<sup>1</sup>", "<sup>2)</sup>", "*", " 1)"])
def test_a_footnote_is_no_part_of_the_amount(mark: str) -> None:
    assert _read(_page(HEAD, (*LASTEN[:2], f"3.250{mark}", *LASTEN[3:]), BATEN))[0] == RIGHT


def test_reserves_of_which_a_column_says_costs_or_revenue_are_no_costs() -> None:
    page = _page(
        ("", "Lasten/Baten", *HEAD[1:]),
        ("Dijken", "Lasten", "700", "710", "690", "20"),
        ("Dijken", "Baten", "70", "60", "65", "5"),
        ("Toevoeging aan reserves", "Lasten", "40", "40", "35", "5"),
        ("Mutaties reserves", "Baten", "30", "30", "30", "0"),
    )
    totals, _ = _read(page)
    assert totals["transfer_to_reserves"] == [40, 40, 35, 5]
    assert totals["transfer_from_reserves"] == [30, 30, 30, 0]
    assert "expenses" not in totals


@pytest.mark.parametrize("minus", ["(70)", "-/- 70", "\u201170", "\u201270", "70-/-"])
def test_every_minus_is_one(minus: str) -> None:
    rows = f"Lasten 3.100 3.180 3.250 {minus}\nBaten 410 400 430 30\n"
    assert _read(TEXT_HEAD + rows)[0]["expenses"] == [3100, 3180, 3250, -70]


@pytest.mark.parametrize(
    ("good", "bad"),
    [("+70", "-30"), ("70 v", "30 n"), ("70 voordeel", "30 nadeel"), ("70 (V)", "30 (N)")],
)  # fmt: skip
def test_a_plus_or_a_word_behind_an_amount_says_its_side(good: str, bad: str) -> None:
    rows = (HEAD, (*LASTEN[:4], good), ("Baten", "410", "430", "400", bad))
    text = TEXT_HEAD + "\n".join(" ".join(row) for row in rows[1:]) + "\n"
    for source in (_page(*rows), text):
        assert [row[3] for row in _read(source)[0].values()] == [70, -30]


def test_a_side_in_a_column_of_its_own_belongs_to_the_variance() -> None:
    page = _page(
        ("", "Begroting na wijziging 2018", "Rekening 2018", "Verschil", "V/N"),
        ("Lasten", "", "650", "50", "N"),
        ("Baten", "", "90", "10", "V"),
    )
    assert [row[3] for row in _read(page)[0].values()] == [-50, 10]


def test_a_column_with_an_unknown_head_is_named() -> None:
    rows = [(*row, "12") for row in (LASTEN, BATEN)]
    page = _page((*HEAD, "Nog te verdelen"), *rows)
    totals, kinds = _read(page)
    assert totals == RIGHT
    assert kinds == {"unknown_column"}
    assert "staan vast" not in _headline(page).replace(
        "Niet alle cijfers van de kostentabel staan", ""
    )


@pytest.mark.parametrize(
    ("first", "then", "name"),
    [
        ("Onderhoud van water-", "gangen en sluizen", "Onderhoud van watergangen en sluizen"),
        ("Onderhoud van", "sluizen", "Onderhoud van sluizen"),
        ("Water-", "en wegbeheer", "Water- en wegbeheer"),
    ],
)
def test_a_name_broken_over_two_lines_is_whole(first: str, then: str, name: str) -> None:
    rows = f"Lasten\n{first}\n{then} 700 710 690 20\nDijken 300 310 300 10\n"
    found, _ = finance_of(f"{TEXT_HEAD}{rows}Totaal lasten 1.000 1.020 990 30\n")
    assert amounts(found[name, "expenses"]) == [700, 710, 690, 20]
    assert found[name, "expenses"].line == 4


def test_the_rest_of_a_name_below_its_figures_belongs_to_it() -> None:
    rows = "Lasten\nOnderhoud van 700 710 690 20\nsluizen\nDijken 300 310 300 10\n"
    found, _ = finance_of(f"{TEXT_HEAD}{rows}Totaal lasten 1.000 1.020 990 30\n")
    assert amounts(found["Onderhoud van sluizen", "expenses"]) == [700, 710, 690, 20]


@pytest.mark.parametrize(
    ("name", "score"),
    [
        ("Verwijzingen Halt per 1.000 jongeren", None),
        ("Verwijzingen Halt per 10.000 jongeren", 14),
        ("Geweldsmisdrijven per 10.000 inwoners", None),
    ],
)
def test_a_score_of_another_number_of_people_is_left_out_with_a_word(
    name: str, score: int | None
) -> None:
    found = extracted(
        "<html><body><h1>Programma 1 Veiligheid 2018</h1><h2>Verplichte beleidsindicatoren</h2>"
        "<table><tr><td>Omschrijving</td><td>2017</td><td>2018</td></tr>"
        f"<tr><td>{name}</td><td>13</td><td>14</td></tr></table></body></html>",
        "page.html",
    )
    rows = found.tables["statutory_indicators"]
    assert [row["score"] for row in rows] == ([] if score is None else [score])
    assert ("statutory" in {issue.kind for issue in found.issues}) == (score is None)


def test_a_fused_row_is_no_head_and_its_balance_no_column() -> None:
    head = "Bedragen x € 1.000 Begroting na wijziging Rekening\n"
    totals, _ = _read(f"{head}Lasten3.2503.180\nBaten400430\nSaldo2.8502.750\n")
    assert totals["expenses"] == [None, 3250, 3180, None]
    assert totals["net_cost"] == [None, 2850, 2750, None]


@pytest.mark.parametrize(
    "heading", ["Jaar 2017", "Jaarrekening 2017", "Wat heeft het gekost in 2017?"]
)
def test_a_table_below_another_year_is_not_taken_for_this_year(heading: str) -> None:
    page = _page(HEAD, LASTEN, BATEN, above=f"<h3>{heading}</h3>{UNIT}")
    totals, kinds = _read(page)
    assert totals == {}
    assert kinds == {"unread_table"}


def test_letters_in_a_column_say_costs_and_revenue() -> None:
    page = _page(
        ("Product", "", *HEAD[1:]),
        ("Dijken", "L", "700", "710", "690", "20"),
        ("", "B", "70", "60", "65", "5"),
        ("Sluizen", "L", "300", "310", "300", "10"),
        ("", "B", "30", "20", "25", "5"),
    )
    text = (
        f"{TEXT_HEAD}Dijken L 700 710 690 20\nB 70 60 65 5\nSluizen L 300 310 300 10\n"
        "B 30 20 25 5\n"
    )
    for source, name in ((page, "page.html"), (text, "chapter.txt")):
        rows, _ = finance_of(source, name)
        assert amounts(rows["Dijken", "revenue"]) == [70, 60, 65, 5], name
        assert amounts(rows["Sluizen", "expenses"]) == [300, 310, 300, 10], name
        assert (TOTAL, "revenue") not in rows, name


@pytest.mark.parametrize("number", ["45", "- 45 -", "Pagina 45 van 90"])
def test_the_number_of_a_page_ends_no_table(number: str) -> None:
    rows = [" ".join(LASTEN), number, " ".join(BATEN), "Saldo 2.690 2.850 2.750 100"]
    totals, kinds = _read(TEXT_HEAD + "\n\n".join(rows) + "\n")
    assert totals["revenue"] == RIGHT["revenue"]
    assert not kinds


def test_percentages_are_no_amounts_and_lose_no_table() -> None:
    heads = ("", "Begroting na wijziging", "Rekening", "Uitputting")
    rows = (("Lasten", "3.250", "3.180", "97,8%"), ("Baten", "400", "430", "107,5 %"))
    text = "Bedragen x € 1.000\nBegroting na wijziging Rekening Uitputting\n" + "\n".join(
        " ".join(row) for row in rows
    )
    for source in (_page(heads, *rows), f"{text}\n"):
        assert _read(source)[0]["expenses"] == [None, 3250, 3180, None]


def test_heads_that_are_years_only_are_named_with_what_stopped_them() -> None:
    rows = (("", "2017", "2018", "2019"), ("Lasten", "900", "950", "960"), ("Baten", "9", "8", "7"))
    found = extracted(_page(*rows), "page.html")
    assert found.tables["programme_finance"] == []
    (issue,) = [issue for issue in found.issues if issue.kind == "unread_table"]
    assert "alleen jaren" in issue.problem
    assert "regels" in issue.problem


def test_the_line_of_a_stacked_row_is_that_of_its_name() -> None:
    cells = ["Bedragen x € 1.000", *HEAD[1:], "Dijken", "Lasten", "700", "710", "690", "20"]
    cells += ["Baten", "70", "60", "65", "5", "Sluizen", "Lasten", "30", "31", "30", "1"]
    cells += ["Baten", "7", "6", "7", "1"]
    rows, _ = finance_of("\n".join(cells) + "\n")
    assert rows["Dijken", "expenses"].line == cells.index("Dijken") + 1
    assert rows["Sluizen", "revenue"].line == cells.index("Sluizen") + 1


def test_a_row_that_is_dropped_is_an_issue_and_the_headline_says_so() -> None:
    rows = "Lasten\nDijken 300 310 300 10\nSluizen 700 710 690 2o\nKades 30 31 30 1\n"
    text = f"3 Water 2018\n\nWat heeft het gekost?\n\n{TEXT_HEAD}{rows}"
    found = extracted(text)
    assert "unreadable_row" in {issue.kind for issue in found.issues}
    assert "Alle cijfers" not in _headline(text, "chapter.txt")


def test_a_whole_table_is_certain_in_the_headline() -> None:
    assert "Alle cijfers van de kostentabel staan vast." in _headline(_page(HEAD, LASTEN, BATEN))


@pytest.mark.parametrize("row", ["Lasten 850 1 790", "Lasten 8501 7.900"])
def test_a_footnote_among_amounts_that_no_sum_proves_leaves_the_row_open(row: str) -> None:
    head = "Bedragen x € 1.000\nBegroting na wijziging Rekening\n"
    totals, kinds = _read(f"{head}{row}\nBaten 120 150\nSaldo 700 600\n")
    assert "expenses" not in totals
    assert "unreadable_row" in kinds


@pytest.mark.parametrize(
    "head", ["Realisatie t/m juni", "Rekening per inwoner", "Rekening incidenteel"]
)
def test_a_head_of_a_part_of_the_year_or_of_the_amounts_is_not_the_actual(head: str) -> None:
    rows = (("", "Primitieve begroting", head), ("Lasten", "90", "80"), ("Baten", "9", "8"))
    found = extracted(_page(*rows), "page.html")
    assert all(row["actual_keur"] is None for row in found.tables["programme_finance"])
    assert {issue.kind for issue in found.issues} & {"unknown_column", "unread_table"}


def test_changes_of_the_budget_are_not_the_budget_after_them() -> None:
    page = _page(
        ("", "Primitieve begroting", "Begrotingswijzigingen", "Rekening"),
        ("Lasten", "90", "5", "80"),
        ("Baten", "9", "1", "8"),
    )
    assert _read(page)[0]["expenses"] == [90, None, 80, None]


def test_a_balance_on_the_other_side_than_all_that_a_sum_proves_stays_open() -> None:
    rows = [
        ("", "Begroting na wijziging", "Rekening"),
        ("Lasten", "900", "700"),
        ("Baten", "300", ""),
    ]
    totals, kinds = _read(_page(*rows, ("Saldo", "600", "-450")))
    assert totals["net_cost"] == [None, 600, None, None]
    assert "unknown_sign" in kinds


def test_a_row_with_a_cell_less_than_others_is_named_where_no_sum_proves_its_place() -> None:
    rows = [("", "Begroting na wijziging", "Rekening"), ("Lasten", "900", "950"), ("Baten", "80")]
    assert "unreadable_row" in _read(_page(*rows))[1]
    assert "unreadable_row" not in _read(_page(*rows, ("Saldo", "820", "")))[1]


def test_a_silent_cell_and_two_amounts_in_one_are_no_part_of_a_name() -> None:
    rows = (("", "Primitieve begroting", "Begroting na wijziging", "Rekening"),)
    body = (
        ("Lasten", "", "900", "950"),
        ("Baten", "80 90", "", "70"),
        ("Saldo", "1.507", "4", "5"),
    )
    found, issues = finance_of(_page(*rows, *body), "page.html")
    assert (TOTAL, "net_cost") in found
    assert "unknown_flow" not in {issue.kind for issue in issues}
