"""What was refused comes back as a workbook, is corrected, and is then read like any other."""

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from doelenboom.sources.inbox.delivered import Delivery, RefusedRow, delivery_of
from doelenboom.sources.inbox.failures import write_failures
from tests.unit.sources.inbox.dropped import (
    COSTS,
    INDICATORS,
    SEEDS,
    cells,
    read,
    rows,
    saved,
    told,
    workbook,
)

KEY = "Enschede;2018;2.1"
GOOD_ROWS = [f"{KEY};{n};Indicator {n};hoger is beter;{n * 10};50\n" for n in (1, 2, 3)]


def _failures(delivery: Delivery, folder: Path) -> Any:
    path = folder / "geweigerd.xlsx"
    write_failures(delivery, path)
    return openpyxl.load_workbook(path)


def test_four_bad_rows_of_seven_come_back_are_corrected_and_all_are_taken(tmp_path: Path) -> None:
    bad = [
        f"{KEY};4;Vierde;omhoog;40;50\n",
        f"{KEY};5;Vijfde;lager is beter;veel;50\n",
        f"{KEY};6;Zesde;lager is beter;60;50\n",
        f"{KEY};6;Zesde;lager is beter;61;50\n",
    ]
    total = f"{KEY};Wmo;lasten;100;90;10\n{KEY};Totaal programma;lasten;100;190;-90\n"
    delivery = read(
        workbook(
            {
                "Indicatoren": cells(INDICATORS + "".join(GOOD_ROWS + bad)),
                "Kosten": cells(COSTS + total),
            }
        )
    )
    assert len(rows(delivery, "indicators", "score")) == 3
    assert [(row.sheet, row.row, row.rule) for row in delivery.refused][:5] == [
        ("Indicatoren", 5, "soort waarde"),
        ("Indicatoren", 6, "soort waarde"),
        ("Indicatoren", 7, "dubbel"),
        ("Indicatoren", 8, "dubbel"),
        ("Kosten", 2, "telt niet op: totaal lasten, realisatie"),
    ]
    book = _failures(delivery, tmp_path)
    assert book.sheetnames == ["Indicatoren", "Kosten", "Geweigerd"]
    page = book["Indicatoren"]
    found = [[cell.value for cell in row] for row in page.iter_rows()]
    assert found[0][8:] == [
        "Gevonden",
        "Waarom geweigerd",
        "Verwacht",
        "Hoort bij levering (SHA-256)",
    ]
    assert [row[4] for row in found[1:]] == ["Vierde", "Vijfde", "Zesde", "Zesde"]
    assert found[1][8:10] == ["Richting: omhoog", "soort waarde"]
    assert found[1][10].startswith("een van: hoger is beter;")

    page["F2"], page["G3"], page["D5"] = "hoger is beter", 50, 7
    book["Kosten"]["G3"], book["Kosten"]["H3"] = 90, 10
    corrected = delivery_of(saved(book), "geweigerd.xlsx", SEEDS)
    assert (corrected.refused, corrected.notes) == ((), ())
    assert corrected.corrects == delivery.sha256
    assert rows(corrected, "indicators", "indicator_code", "score", "direction") == [
        ("own_4", "40", "higher"),
        ("own_5", "50", "lower"),
        ("own_6", "60", "lower"),
        ("own_7", "61", "lower"),
    ]
    assert rows(corrected, "programme_finance", "actual_keur") == [("90",), ("90",)]


def test_what_is_dropped_uncorrected_is_refused_again_for_the_same(tmp_path: Path) -> None:
    delivery = read(COSTS + f"{KEY};Wmo;lasten;1.000;veel;1.234,5\n")
    again = delivery_of(saved(_failures(delivery, tmp_path)), "geweigerd.xlsx", SEEDS)
    assert [each.rule for each in again.refused] == [each.rule for each in delivery.refused]
    assert told(again) == told(delivery)


def test_a_number_that_others_of_its_file_decided_on_comes_back_as_a_number(tmp_path: Path) -> None:
    text = COSTS + f"{KEY};Wmo;lasten;12.345;veel;\n{KEY};Jeugd;lasten;1.234.567;1;\n"
    page = _failures(read(text), tmp_path)["Gegevens"]
    assert [page["F2"].value, page["G2"].value, page["F3"].value] == [12345, "veel", 1234567]


def test_titles_double_heads_and_units_come_back(tmp_path: Path) -> None:
    sheet: list[list[Any]] = [
        ["Bedragen in euro"],
        ["Gemeente", "Jaar", "Programma", "Begroting na wijziging", None, "Realisatie", None],
        [None, None, None, "Lasten", "Baten", "Lasten", "Baten"],
        ["Enschede", 2018, "2.1", 1000, 500, 2000, "veel"],
    ]
    book = _failures(read(sheet), tmp_path)
    book["Blad1"]["G4"] = 700
    corrected = delivery_of(saved(book), "geweigerd.xlsx", SEEDS)
    assert corrected.refused == ()
    assert rows(corrected, "programme_finance", "actual_keur") == [("2",), ("0.7",)]


@pytest.mark.parametrize("text", ["=cmd|' /C calc'!A0", "+1+1", "-1+1", "@SUM(A1)", "=1+1"])
def test_no_cell_of_the_workbook_is_a_formula(text: str, tmp_path: Path) -> None:
    delivery = read(INDICATORS + f"{KEY};1;{text};{text};{text};{text}\n", f"{text[:3]}.csv")
    assert delivery.refused
    book = _failures(delivery, tmp_path)
    kinds = {cell.data_type for page in book for row in page.iter_rows() for cell in row}
    assert kinds <= {"s", "n"}, "text and numbers alone"
    assert book["Gegevens"]["E2"].value == text


def test_a_file_that_cannot_be_read_comes_back_as_a_list(tmp_path: Path) -> None:
    page = _failures(read(b"PK\x03\x04", "kapot.xlsx"), tmp_path)["Geweigerd"]
    assert [cell.value for cell in page[2]][0::5] == ["kapot.xlsx", "onleesbaar werkboek"]


def test_the_list_names_file_sheet_row_column_value_rule_and_expectation(tmp_path: Path) -> None:
    row: list[Any] = ["Enschede", 2018, "2.1", 1, "A", "hoger is beter", "x"]
    delivery = read([*cells(INDICATORS), row])
    data = io.BytesIO()
    book = _failures(delivery, tmp_path)
    book.save(data)
    assert [cell.value for cell in book["Geweigerd"][2]] == [
        *("cijfers.csv", "Blad1", "2", "Score", "x", "soort waarde"),
        "een getal van hoogstens 15 cijfers voor en 3 achter de komma",
    ]


def test_a_row_that_was_refused_by_who_knows_more_comes_back_too(tmp_path: Path) -> None:
    delivery = read(INDICATORS + "".join(GOOD_ROWS))
    unknown = RefusedRow("", 3, "Programma", "2.1", "programma onbekend", "een bekend programma")
    page = _failures(replace(delivery, refused=(unknown,)), tmp_path)["Gegevens"]
    assert [[cell.value for cell in row][4:10:5] for row in page.iter_rows()] == [
        ["Indicator", "Waarom geweigerd"],
        ["Indicator 2", "programma onbekend"],
    ]


@pytest.mark.parametrize("name", ["a/b", "'x'", "x" * 40, "Geweigerd", "\u202ex", "history"])
def test_whatever_a_sheet_is_called_it_comes_back(name: str, tmp_path: Path) -> None:
    delivery = read([*cells(INDICATORS + GOOD_ROWS[0]), *cells(GOOD_ROWS[0])])
    named = replace(
        delivery,
        sheets=tuple(replace(sheet, name=name) for sheet in delivery.sheets),
        refused=tuple(replace(each, sheet=name) for each in delivery.refused),
    )
    book = _failures(named, tmp_path)
    assert len(book.sheetnames) == 2
    assert book.worksheets[0]["E2"].value == "Indicator 1"
