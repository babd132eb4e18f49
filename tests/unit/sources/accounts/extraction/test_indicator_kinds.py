"""Kinds of tables of indicators that public budgets and accounts turned out to have."""

from decimal import Decimal

import pytest

from doelenboom.sources.accounts.extraction.numbers.scores import read_score
from doelenboom.sources.accounts.extraction.subjects.indicators.headings import headings
from doelenboom.sources.accounts.extraction.subjects.indicators.statutory_names import code_of
from tests.unit.sources.accounts.extraction.chapters import STATUTORY, extracted

TITLE = "Beleidsindicatoren\n\n"
Scores = dict[str, tuple[int | None, Decimal | None]]


def _scores(text: str, name: str = "chapter.txt") -> Scores:
    rows = extracted(text, name).tables["statutory_indicators"]
    return {row["indicator_code"]: (row["score_year"], row["score"]) for row in rows}


def _told(text: str) -> list[str]:
    kinds = ("indicator_values", "statutory")
    return [issue.problem for issue in extracted(text).issues if issue.kind in kinds]


def _stacked(*cells: str) -> str:
    return TITLE + "\n\n".join(cells) + "\n"


def _tabs(*rows: str) -> str:
    return TITLE + "\n".join(row.replace("|", "\t") for row in rows) + "\n"


def _page(*rows: str) -> str:
    cells = ("".join(f"<td>{cell}</td>" for cell in row.split("|")) for row in rows)
    table = "".join(f"<tr>{row}</tr>" for row in cells)
    return f"<html><body><h2>Beleidsindicatoren</h2><table>{table}</table></body></html>"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Geweldmisdrijven (aantal per 1.000 inwoners)", "bbv_9"), ("% functiemenging", "bbv_14"),
        ("Apparaatkosten", "bbv_3"), ("Apparaatskosten2", "bbv_3"),
        ("Apparaatskosten: kosten per inwoner", "bbv_3"),
        ("Externe inhuur: Kosten als % van totale loonsom", "bbv_4"),
        ("% Jongeren (12-21 jaar) met een delict voor de rechter", "bbv_22"),
        ("Percentage jongeren dat met een delict voor de rechter is verschenen (BBV)", "bbv_22"),
        ("% Jongeren met jeugdreclassering (van alle jongeren 12-22 jaar)", "bbv_31"),
        ("Lopende re-integratie- voorzieningen", "bbv_28"), ("01 - Verwijzingen Halt", "bbv_6"),
        ("Omvang huishoudelijk restafval. Kg/inwoner", "bbv_33"),
        ("Percentage bekende hernieuwbare elektriciteit", "bbv_34"),
        ("Gemeentelijke woonlasten éénpersoonshuishoudens in euro's", "bbv_38"),
        ("JS18 - Winkeldiefstallen", "bbv_8"), ("Overhead⁴", "bbv_5"),
        ("Misdrijven -Winkeldiefstallen", "bbv_8"), ("Jeugdwerkloosheid", ""),
        ("Gewelds- en seksuele misdrijven per 1.000 inwoners (BBV)", "bbv_9"),
        ("Vernieling en misdrijven tegen de openbare orde", "bbv_11"), ("Vernieling", "bbv_11"),
        ("Netto arbeidsparticipatiegraad", "bbv_24"), ("Bijstandsuitkeringen", "bbv_27"),
        ("Lopende reïntegratievoorzieningen", "bbv_28"),
        ("Wmo-cliënten met een maatwerkarrangement", "bbv_32"),
        ("Fijn huishoudelijk restafval", "bbv_33"), ("WOZ-waarde woningen", "bbv_35"),
        ("Nieuwbouw woningen", "bbv_36"), ("Nieuwe woningen", "bbv_36"),
    ],
)  # fmt: skip
def test_a_statutory_name_is_known_in_other_words(name: str, code: str) -> None:
    assert code_of(name, STATUTORY) == code


@pytest.mark.parametrize(
    ("text", "value", "year"),
    [
        ("104 tov 134 landelijk", "104", None), ("0,2 t.o.v. 2,3 Nederland", "0.2", None),
        ("64 (NL: 119)", "64", None), ("2,6 per 1.000 inwoners", "2.6", None),
        ("8,2 (2016)", "8.2", 2016), ("2017: 165,1", "165.1", 2017),
    ],
)  # fmt: skip
def test_a_value_stands_with_its_year_or_that_of_another_place(
    text: str, value: str, year: int | None
) -> None:
    score = read_score(text)
    assert score
    assert (score.value, score.year) == (Decimal(value), year)


@pytest.mark.parametrize(
    ("heads", "read"),
    [
        (
            "Nr.|Indicator|Werkelijk|Norm|2017|2018|2018",
            "Nr.|Indicator|Werkelijk 2017|Werkelijk 2018|Norm 2018",
        ),
        ("Indicator|Bron|Realisatie|2017|2018", "Indicator|Bron|Realisatie 2017|Realisatie 2018"),
        (
            "Adorp|Nederland|Indicator|2017|2018|2017|2018",
            "Indicator|Adorp 2017|Adorp 2018|Nederland 2017|Nederland 2018",
        ),
        (
            "Indicator|Adorp|Gemeenten|Laatste meting|Vorige meting|Laatste meting",
            "Indicator|Adorp Laatste meting|Adorp Vorige meting|Gemeenten Laatste meting",
        ),
    ],
)
def test_heads_of_two_rows_are_joined_where_that_is_certain(heads: str, read: str) -> None:
    assert read.split("|") in list(headings(heads.split("|")))


@pytest.mark.parametrize("apart", ["tabs", "stacked"])
def test_heads_of_which_the_reach_is_lost_give_no_score(apart: str) -> None:
    rows = [
        "Nr.|Indicator|Realisatie|Prognose", "||2016|2017|2018|2019",
        "1|Functiemenging|41|42|43|44", "2|Demografische druk|71|72|73|74",
    ]  # fmt: skip
    cells = [cell for row in rows for cell in row.split("|") if cell]
    text = _tabs(*rows) if apart == "tabs" else _stacked(*cells)
    assert _scores(text) == {}
    assert _told(text)


def test_a_column_that_names_a_place_makes_the_values_behind_it_those_of_that_place() -> None:
    rows = ("Indicator|Periode|Waarde|Benchmark|Waarde", "Functiemenging|2017|41|Nederland|52")
    expected: Scores = {"bbv_14": (2017, Decimal(41))}
    assert _scores(_page(*rows), "chapter.html") == expected
    assert _scores(_tabs(*rows)) == expected
    cells = [cell for row in rows for cell in row.split("|")]
    assert _scores(_stacked(*cells)) == expected


def test_a_row_of_another_place_is_none_and_one_without_a_name_has_that_above() -> None:
    page = _page(
        "Indicator|Periode|Regio|Waarde", "Functiemenging|2017|Nederland|52", "|2017|Adorp|41",
        "Demografische druk|2017|Adorp|71", "|2017|Nederland|70",
    )  # fmt: skip
    assert _scores(page, "chapter.html") == {
        "bbv_14": (2017, Decimal(41)),
        "bbv_37": (2017, Decimal(71)),
    }


def test_a_row_that_says_it_is_a_target_gives_no_score() -> None:
    rows = (
        "Indicator|Soort|2017|2018",
        "Functiemenging|Mijlpaal|41|42",
        "Demografische druk|Cijfer|71|72",
    )
    assert _scores(_page(*rows), "chapter.html") == {"bbv_37": (2018, Decimal(72))}


def test_a_head_of_measurements_is_one_of_years_where_years_stand_below_it() -> None:
    rows = ("Indicator|Laatste meting|Waarde", "Functiemenging|2017|41")
    assert _scores(_page(*rows), "chapter.html") == {"bbv_14": (2017, Decimal(41))}
    rows = ("Indicator|Jaar|Laatste meting|Vorige meting", "Functiemenging|2017|41|40")
    assert _scores(_page(*rows), "chapter.html") == {"bbv_14": (2017, Decimal(41))}


def test_a_head_that_comes_again_over_a_year_and_a_value_tells_neither() -> None:
    cells = ("Indicator", "Laatste meting", "Vorige meting", "Laatste meting", "Gemeenten")
    text = _stacked(*cells, "Functiemenging", "2017", "41", "40", "52")
    assert _scores(text) == {}
    assert _told(text)


def test_names_without_a_head_are_known_by_those_of_the_law() -> None:
    rows = ("|Naam|Eenheid|Aantal", "1|Bomen per straat|aantal|7", "2|Functiemenging|%|41")
    assert _scores(_page(*rows), "chapter.html")["bbv_14"][1] == 41
    cells = [cell for row in rows for cell in row.split("|") if cell]
    assert _scores(_stacked(*cells))["bbv_14"][1] == 41


def test_a_row_that_lost_cells_is_read_where_one_way_is_left() -> None:
    heads = ("Indicator", "Eenheid", "Jaar", "Waarde", "Bron", "Beschrijving")
    text = _stacked(
        *heads, *("Functiemenging", "%", "2016", "41", "LISA", "Verhouding tussen banen en huizen"),
        *("Demografische druk", "2017", "71", "Druk van jong en oud"),
    )  # fmt: skip
    assert _scores(text) == {"bbv_14": (2016, Decimal(41)), "bbv_37": (2017, Decimal(71))}
    years = ("Indicator", "2016", "2017", "2018")
    text = _stacked(*years, "Functiemenging", "41", "42", "43", "Demografische druk", "71", "72")
    assert _scores(text) == {"bbv_14": (2018, Decimal(43))}
    assert _told(text) == ["2 waarden bij 3 kolommen; niet overgenomen."]


def test_a_score_in_another_unit_than_that_of_the_law_is_named() -> None:
    rows = (
        "Indicator|2018", "Externe inhuur|€ 730.000", "Gemiddelde WOZ-waarde|€ 260.000",
        "Vestigingen per 1000 inwoners|131", "Banen per 100 inwoners|51",
    )  # fmt: skip
    assert _scores(_tabs(*rows)) == {"bbv_16": (2018, Decimal(131))}
    assert len(_told(_tabs(*rows))) == 3


def test_years_in_rows_below_one_name_are_all_of_it() -> None:
    page = _page("Kengetal|Uitkomst|Jaar", "Functiemenging|41|2016", "|42|2017", "|nnb|2018")
    assert _scores(page, "chapter.html") == {"bbv_14": (2017, Decimal(42))}


def test_the_name_of_an_indicator_may_stand_above_its_table() -> None:
    above = "<p>Demografische druk</p><p>Eenheid</p><p>%</p><p>Bron</p><p>CBS</p>"
    page = _page("Realisatie|Realisatie|Begroot", "2016|2017|2018", "71,2|72,4|").replace(
        "<table>", f"{above}<table>"
    )
    (row,) = extracted(page, "chapter.html").tables["statutory_indicators"]
    told = (row["indicator_code"], row["score_year"], row["score"], row["unit"])
    assert told == ("bbv_37", 2017, Decimal("72.4"), "%")


def test_years_still_to_come_below_a_lost_head_give_no_score() -> None:
    rows = ("Indicator|2017|2018|2019", "Functiemenging|41|42|43")
    assert _scores(_tabs(*rows)) == {}
    assert _told(_tabs(*rows))


def test_a_head_of_forecasts_over_years_is_not_passed_over() -> None:
    rows = ("Indicator|Prognose||", "|2016|2017|2018", "Functiemenging|41|42|43")
    assert _scores(_page(*rows), "chapter.html") == {}


def test_the_number_of_the_next_row_is_no_value_of_a_row_that_lost_one() -> None:
    rows = (
        "Nr.|Indicator|Eenheid|2016|2017", "1|Functiemenging|%|41|42",
        "2|Demografische druk|%|71", "3|Niet-sporters|%|51|52",
        "4|Netto arbeidsparticipatie|%|61|62",
    )  # fmt: skip
    text = _stacked(*(cell for row in rows for cell in row.split("|")))
    assert set(_scores(text)) == {"bbv_14", "bbv_20", "bbv_24"}
    assert _told(text)


def test_a_row_of_tabs_that_lost_a_cell_is_named() -> None:
    rows = ("Indicator|2016|2017|2018", "Functiemenging|41|42|43", "Demografische druk|72|73")
    assert set(_scores(_tabs(*rows))) == {"bbv_14"}
    assert _told(_tabs(*rows)) == ["2 waarden bij 3 kolommen; niet overgenomen."]


def test_the_one_row_that_is_no_other_area_has_the_values_of_the_name_above_it() -> None:
    rows = ("Regio|2017|2018", "Waterdam|2,9 per 1.000 inwoners|2,7 per 1.000 inwoners",
            "Nederland|3,1 per 1.000 inwoners|2,5 per 1.000 inwoners")  # fmt: skip
    page = _page(*rows).replace("<table>", "<h3>JR18 - Winkeldiefstallen</h3><table>")
    assert _scores(page, "chapter.html") == {"bbv_8": (2018, Decimal("2.7"))}
    other = page.replace("Nederland", "Buurdam")
    assert _scores(other, "chapter.html") == {}
    per = page.replace("per 1.000 inwoners", "per 10.000 inwoners")
    assert _scores(per, "chapter.html") == {}


def test_a_name_of_which_no_value_is_read_is_named_beside_tables_that_are_read() -> None:
    text = _tabs("Indicator|2018", "Overhead|9,1%") + "\nFormatie\n7,1\n7,3\n"
    assert _scores(text) == {"bbv_5": (2018, Decimal("9.1"))}
    assert any("niet gelezen" in problem for problem in _told(text))


def test_a_row_of_a_year_and_one_score_below_heads_in_columns_is_no_head() -> None:
    rows = (
        "Naam indicator         jaar laatste meting   Vorige meting   huidige meting",
        "Formatie                              2017                             6,48",
        "Winkeldiefstallen                     2016            0,80             0,70",
        "Niet sporters                         2016           54,10            53,20",
    )
    assert _scores(TITLE + "\n".join(rows) + "\n") == {
        "bbv_1": (2017, Decimal("6.48")),
        "bbv_8": (2016, Decimal("0.70")),
        "bbv_20": (2016, Decimal("53.20")),
    }


def test_years_below_a_lost_head_of_names_are_read_beside_an_empty_remark() -> None:
    heads = ("2017", "2018", "Toelichting")
    rows = ("Formatie: aantal fte", "7,1", "7,3", "Overhead: % van totale lasten", "9,2%", "9,4%")
    assert _scores(_stacked(*heads, *rows)) == {
        "bbv_1": (2018, Decimal("7.3")),
        "bbv_5": (2018, Decimal("9.4")),
    }
    assert _scores(_stacked(*heads, *rows[:2], *rows[3:5])) == {}


def test_a_name_that_breaks_off_is_named_and_no_indicator() -> None:
    text = (
        "Indicatoren\n\nIndicator\tEenheid\t2018\n"
        "Inwoners die tevreden zijn met\t%\t83\nBanen in het centrum\taantal\t90\n"
    )
    found = extracted(text)
    names = [row["indicator_name"] for row in found.tables["indicators"]]
    assert names == ["Banen in het centrum"]
    assert any("breekt af" in issue.problem for issue in found.issues)


def test_a_year_below_the_heads_that_were_taken_is_a_head_and_no_text_of_a_row() -> None:
    title = "programma 6 - bestuur"
    heads = (title, "Omschrijving", "2016", "2017", "2018")
    rows = ("Winkeldiefstal per 1.000 inwoners", "1,6", "1,1", "Overhead", "9,1", "9,2")
    assert _scores(_stacked(*heads, *rows)) == {}
    assert _told(_stacked(*heads, *rows))


def test_a_year_over_the_heads_of_a_table_is_that_of_its_scores() -> None:
    rows = ("||2018|", "Indicator|Eenheid|Raming na wijz.|Werkelijk",
            "Formatie|FTE per 1.000 inwoners|6,10|6,02", "Externe inhuur|Kosten in €|€ 900|€ 950",
            "|Als % van totale loonsom|8,91%|9,95%")  # fmt: skip
    page = _page(*rows).replace("Beleidsindicatoren", "Bestuur en organisatie")
    assert _scores(page, "chapter.html") == {
        "bbv_1": (2018, Decimal("6.02")),
        "bbv_4": (2018, Decimal("9.95")),
    }


@pytest.mark.parametrize(
    ("year", "found"), [("2016", {"bbv_8": (2016, Decimal("2.4"))}), ("2018", {})]
)
def test_a_column_of_the_document_behind_years_before_it_has_scores(
    year: str, found: Scores
) -> None:
    heads = ("Nr.|Naam indicator|Eenheid|Jaar waarop cijfer betrekking heeft"
             "|Cijfer begroting 2018|Vergelijkend cijfer|Vergelijking")  # fmt: skip
    row = f"I.08.|Winkeldiefstallen|Aantal per 1.000 inwoners|{year}|2,4|1,3|Drenthe"
    assert _scores(_page(heads, row), "chapter.html") == found


def test_beside_a_comparison_one_unknown_head_names_the_municipality() -> None:
    heads = "Indicator|Waterdam|Vergelijk*|Periode|Begroot 2018|Bron"
    row = "Winkeldiefstallen|1,9|1,4|2016|1,8|CBS"
    assert _scores(_page(heads, row), "chapter.html") == {"bbv_8": (2016, Decimal("1.9"))}
    broken = "Indicator|Eenheid|Dorp aan Zee|Neder land|Grootteklasse 25-50.000|Perio-de"
    row = "Winkeldiefstallen|Aantal per 1.000 inwoners|1,9|2,3|2,1|2016"
    assert _scores(_page(broken, row), "chapter.html") == {"bbv_8": (2016, Decimal("1.9"))}


def test_a_column_of_scores_without_any_leaves_the_municipality_its_own() -> None:
    heads = "Taakveld|Indicator|Periode|Waterdam|Nederland|Streefwaarde|Realisatie"
    rows = ("7. Milieu|Omvang huishoudelijk restafval|2016|189|179|100 kg in 2020|",
            "||2017|124|163||")  # fmt: skip
    found = _scores(_page(heads, *rows), "chapter.html")
    assert found == {"bbv_33": (2017, Decimal("124"))}


def test_years_below_a_name_are_of_it_with_each_cell_on_a_line() -> None:
    heads = ("Nr.", "Indicator", "Meeteenheid", "Periode", "Waterdam", "Nederland", "Bron")
    rows = ("1", "WOZ-waarde woningen", "duizenden euro's", "2015", "183", "214", "CBS",
            "2016", "186", "219", "CBS", "2017", "190", "225", "CBS",
            "2", "Demografische druk", "%", "2017", "71,2", "69,3", "CBS")  # fmt: skip
    assert _scores(_stacked(*heads, *rows)) == {
        "bbv_35": (2017, Decimal("190")),
        "bbv_37": (2017, Decimal("71.2")),
    }
    lost = (*rows[:7], "2016", "CBS", "186", *rows[15:])
    assert _scores(_stacked(*heads, *lost)) == {"bbv_37": (2017, Decimal("71.2"))}


def test_the_name_unit_and_source_may_stand_in_a_table_above_that_of_the_values() -> None:
    named = _page("14|Functiemenging", "Eenheid|%", "Bron|LISA")
    page = named.replace("</table>", "</table>" + _page(
        "Realisatie|Realisatie|Begroot", "2015|2016|2018", "52,8|52,9|"
    ))  # fmt: skip
    assert _scores(page, "chapter.html") == {"bbv_14": (2016, Decimal("52.9"))}
    issues = [issue.problem for issue in extracted(named, "chapter.html").issues]
    assert any("niet gelezen" in problem for problem in issues)


def test_heads_of_text_in_columns_are_known_by_what_stands_below_them() -> None:
    text = (
        f"{TITLE}Formatie en overhead                        2018\n"
        "formatie (in FTE per 1.000 inwoners)        6,61\n"
        "overhead (% van totale lasten)             8,35%\n"
    )
    assert _scores(text) == {"bbv_1": (2018, Decimal("6.61")), "bbv_5": (2018, Decimal("8.35"))}


def test_bare_years_behind_the_year_of_a_target_are_of_targets() -> None:
    heads = "Indicator|Realisatie cijfers 2015|2016|Streef cijfers 2017|2018"
    row = "Functiemenging|52,8|52,9|53,1|53,4"
    assert _scores(_page(heads, row), "chapter.html") == {"bbv_14": (2016, Decimal("52.9"))}
    again = "Indicator|Begroting 2018|2016|2017"
    row = "Functiemenging|53,4|52,8|52,9"
    assert _scores(_page(again, row), "chapter.html") == {"bbv_14": (2017, Decimal("52.9"))}


def test_a_name_beside_its_number_of_which_no_value_is_read_is_named() -> None:
    text = "Verplichte indicatoren\n\n14         Functiemenging\nEenheid                 %\n"
    assert _scores(text) == {}
    assert any("niet gelezen" in problem for problem in _told(text))
