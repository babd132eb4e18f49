"""A template says itself what to fill in; its example is left out, what is filled in is read."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from doelenboom.errors import RefusedError
from doelenboom.sources.inbox.delivered import delivery_of
from doelenboom.sources.inbox.templates import template_names, write_template
from tests.unit.sources.inbox.dropped import SEEDS, saved, seed

NAMES = [name for name, _ in template_names(SEEDS)]
OWN = ["peer_groups", "taakveld_amounts"]
CONTRACT = {
    *("programmes", "goal_tree", "programme_finance", "indicators", "statutory_indicators"),
    *(
        "budget_years",
        "reserves",
        "action_points",
        "variance_explanations",
        "forecasts",
        "chapter_facts",
        "documents",
    ),
}


def _template(name: str, folder: Path) -> Any:
    path = folder / f"{name}.xlsx"
    write_template(name, path, SEEDS)
    return openpyxl.load_workbook(path)


def test_every_table_of_the_contract_has_a_template_and_what_no_night_takes_has_none() -> None:
    assert set(NAMES) == {*CONTRACT, *OWN}


@pytest.mark.parametrize("name", NAMES)
def test_a_template_as_it_is_holds_no_rows_and_nothing_wrong(name: str, tmp_path: Path) -> None:
    delivery = delivery_of(saved(_template(name, tmp_path)), "sjabloon.xlsx", SEEDS)
    assert (delivery.tables, delivery.refused, delivery.notes) == ((), (), ())


@pytest.mark.parametrize("name", [name for name in NAMES if name not in OWN])
def test_its_example_was_published_and_reads_back_as_it_was(name: str, tmp_path: Path) -> None:
    book = _template(name, tmp_path)
    book.worksheets[0]["A2"] = None
    (table,) = delivery_of(saved(book), "sjabloon.xlsx", SEEDS).tables
    published = seed(name)[0]
    (row,) = table.rows
    kept = {name for name in published if not name.endswith(("source_line", "source_document"))}
    assert {name: row[name] for name in kept} == {name: published[name] for name in kept}
    told = " ".join(str(cell.value) for cell in book["Uitleg"]["A"])
    assert f"{published['source_document']}, regel {published['source_line']}" in told


@pytest.mark.parametrize("name", OWN)
def test_an_example_that_is_made_up_says_so_and_can_be_taken(name: str, tmp_path: Path) -> None:
    book = _template(name, tmp_path)
    assert "Zij is verzonnen." in [cell.value for cell in book["Uitleg"]["A"]]
    assert not {"peer_group_code", "source_line"} & {cell.value for cell in book["Uitleg"]["B"]}
    book.worksheets[0]["A2"] = None
    delivery = delivery_of(saved(book), "sjabloon.xlsx", SEEDS)
    assert (delivery.refused, [table.table for table in delivery.tables]) == ((), [name])


def test_codes_are_chosen_from_a_list_and_every_column_is_explained(tmp_path: Path) -> None:
    book = _template("indicators", tmp_path)
    page = book["Indicatoren"]
    heads = {cell.value: cell.column_letter for cell in page[1]}
    offered = {
        str(each.sqref).split(":")[0].rstrip("0123456789"): each.formula1
        for each in page.data_validations.dataValidation
    }
    sheet, _, places = offered[heads["Gewenste richting"]].partition("!")
    words = [cell.value for (cell,) in book[sheet.strip("'")][places.replace("$", "")]]
    assert words == ["hoger is beter", "lager is beter", "geen richting"]
    explained = {row[0].value: [cell.value for cell in row] for row in book["Uitleg"].iter_rows()}
    assert set(heads) - {"Soort rij"} <= set(explained)
    assert explained["Gewenste richting"][1] == "direction"
    assert explained["Gewenste richting"][4] == "ja"


def test_the_unit_of_amounts_is_told(tmp_path: Path) -> None:
    guide = _template("programme_finance", tmp_path)["Uitleg"]
    units = {row[1].value: row[3].value for row in guide.iter_rows()}
    assert (units["actual_keur"], units["line_item"]) == ("x € 1.000", None)


def test_a_name_that_is_none_is_refused_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match="no template is called 'indicator'; the nearest: indic"):
        write_template("indicator", tmp_path / "a.xlsx", SEEDS)
    assert not (tmp_path / "a.xlsx").exists()
