"""Whatever form a table is written in, it reads back as it was, or is refused: never otherwise."""

import csv
import io
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from doelenboom.sources.inbox.delivered import delivery_of
from doelenboom.sources.inbox.tables.kinds import SOURCE_COLUMNS, SOURCES_OF, Kind, read_kinds
from tests.unit.sources.inbox.dropped import SEEDS, seed, workbook

pytestmark = pytest.mark.slow

KINDS = {name: kind for name, kind in read_kinds(SEEDS).items() if kind.example["source_document"]}
ENCODINGS = ("utf-8", "utf-8-sig", "cp1252", "utf-16")
OURS = (*SOURCE_COLUMNS, *SOURCES_OF)
LETTERS = st.characters(codec="cp1252", exclude_categories=("Cc", "Cs", "Zs"))
TEXTS = st.text(st.one_of(LETTERS, st.just(" ")), min_size=1, max_size=20).map(str.strip)
FIGURES = st.decimals(-(10**9), 10**9, places=3).map(lambda number: f"{number.normalize():f}")
FREE = {
    "indicators": ("score", "target", "previous_score"),
    "variance_explanations": ("amount_keur", "rounded_to_keur"),
    "chapter_facts": ("value",),
    "forecasts": ("forecast_keur",),
    "goal_tree": ("expenses_actual_keur", "revenue_actual_keur"),
    "statutory_indicators": ("score",),
}
"""Figures of each table that need not add up."""

NAMES = {
    "indicators": "indicator_name",
    "chapter_facts": "title",
    "action_points": "title",
    "variance_explanations": "subject",
}


@dataclass(frozen=True)
class Form:
    """How a file is written."""

    separator: str
    comma: bool
    thousands: bool
    encoding: str
    dutch: bool
    is_workbook: bool


FORMS = st.builds(
    Form,
    st.sampled_from((";", ",", "\t")),
    st.booleans(),
    st.booleans(),
    st.sampled_from(ENCODINGS),
    st.booleans(),
    st.booleans(),
)


@st.composite
def _tables(draw: st.DrawFn) -> tuple[str, list[dict[str, str]]]:
    """Give some rows of a table that was published, with other names and figures."""
    name = draw(st.sampled_from(sorted(KINDS)))
    rows = [dict(row) for row in seed(name)]
    if name != "programme_finance":
        rows = draw(st.lists(st.sampled_from(rows), min_size=1, max_size=4, unique_by=id))
        rows = [dict(row) for row in rows]
    for row in rows:
        for column in FREE.get(name, ()):
            if row[column]:
                row[column] = draw(FIGURES)
        if name in NAMES:
            text = draw(TEXTS)
            row[NAMES[name]] = text if text and text[0] not in "=" else "Naam"
    return name, rows


def _grouped(number: Decimal) -> str:
    return f"{number:,f}"


def _written(kind: Kind, column: str, text: str, form: Form) -> Any:
    """Write a cell of the package as a person would."""
    if not text:
        return None if form.is_workbook else ""
    match kind.fields[column].type:
        case "number" if form.is_workbook:
            return Decimal(text)
        case "number":
            number = Decimal(text)
            shown = _grouped(number) if form.thousands else f"{number:f}"
            return shown.translate(str.maketrans(",.", ".,")) if form.comma else shown
        case "integer" if form.is_workbook:
            return int(text)
        case "boolean" if form.dutch:
            return "ja" if text == "true" else "nee"
        case _:
            coded = form.dutch and column in kind.code_lists
            return kind.choices(column)[text] if coded else text


def _file(kind: Kind, rows: list[dict[str, str]], form: Form) -> bytes:
    columns = [column for column in kind.fields if column not in OURS]
    heads = [kind.label(column) if form.dutch else column for column in columns]
    cells = [[_written(kind, column, row[column], form) for column in columns] for row in rows]
    if form.is_workbook:
        return workbook({kind.title: [heads, *cells]})
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=form.separator).writerows([heads, *cells])
    return text.getvalue().encode(form.encoding)


@settings(max_examples=40, suppress_health_check=list(HealthCheck), derandomize=True)
@given(_tables(), FORMS)
def test_any_table_in_any_form_reads_back_as_it_was_or_is_refused(
    table: tuple[str, list[dict[str, str]]], form: Form
) -> None:
    name, rows = table
    kind = KINDS[name]
    delivery = delivery_of(_file(kind, rows, form), "tabel", SEEDS)
    columns = [column for column in kind.fields if column not in OURS]
    wanted = {place: [row[column] for column in columns] for place, row in enumerate(rows, start=2)}
    found = {
        int(row["source_line"].rpartition("!")[2].removeprefix("A")): [row[c] for c in columns]
        for each in delivery.tables
        for row in each.rows
    }
    refused = {each.row for each in delivery.refused}
    assert found.keys() | refused == wanted.keys()
    assert found == {place: wanted[place] for place in found}
    rules = {each.rule for each in delivery.refused}
    assert rules <= {"dubbelzinnig getal", "hoort bij een geheel"}
    assert "dubbelzinnig getal" in rules or not rules
