"""The way of a figure to its document: what was read from each line, and the list of documents."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import partial

from dashboard.addresses import LINES_ON_A_PAGE, line_path, lines_path
from dashboard.figures import measured, number
from dashboard.marts import Marts, Row
from dashboard.menu import SITE
from dashboard.pages import Page, Pages, line_numbers
from doelenboom.glossary import split_comment

NUMBER = re.compile(r"-?\d+\.\d+")

SHOWN = 120
"""Characters of a value that a page of lines shows."""

YES_NO = {"true": "ja", "false": "nee"}

Words = Mapping[str, Mapping[str, str]]

LIST = "herkomst/index.html"


def pages(marts: Marts, pages: Pages) -> Iterator[Page]:
    """Make the list of documents, and for each document that has lines its pages of lines."""
    documents = marts.rows("documents")
    read = _read_from(marts)
    first_lines = {document: min(lines) for document, lines in read.items()}
    yield pages.page(
        "herkomst.html",
        LIST,
        menu=SITE,
        documents=documents,
        first_lines=first_lines,
        lines_path=lines_path,
    )
    about = {row["source_document"]: row for row in documents}
    tables = {row["table_name"]: row["purpose"] for row in marts.rows("tables")}
    columns = _column_labels(marts)
    words = _words(marts)
    for document, lines in read.items():
        parts = sorted({(line - 1) // LINES_ON_A_PAGE for line in lines})
        paths = [lines_path(document, part * LINES_ON_A_PAGE + 1) for part in parts]
        for part, path in zip(parts, paths, strict=True):
            first = part * LINES_ON_A_PAGE + 1
            here = range(first, first + LINES_ON_A_PAGE)
            yield pages.page(
                "regels.html",
                path,
                menu=SITE,
                document=about.get(document),
                name=document,
                first=here[0],
                last=here[-1],
                lines={line: lines[line] for line in sorted(lines) if line in here},
                paths=paths,
                tables=tables,
                columns=columns,
                list_path=LIST,
                as_read=partial(_as_read, words),
                line_path=line_path,
            )


def _read_from(marts: Marts) -> dict[str, dict[int, list[Row]]]:
    """Give what was read from each line of each document; a figure of more lines stands at each."""
    read: dict[str, dict[int, list[Row]]] = {}
    for row in marts.rows("provenance"):
        for line in line_numbers(row["source_lines"] or ""):
            read.setdefault(row["source_document"], {}).setdefault(line, []).append(row)
    for query in ("programme_questions", "reconciliation"):
        for row in marts.rows(query):
            for line in line_numbers(row["source_lines"] or ""):
                read.setdefault(row["source_document"], {}).setdefault(line, [])
    for query in LINKED:
        for row in marts.rows(query):
            if row["source_line"] is not None:
                read.setdefault(row["source_document"], {}).setdefault(row["source_line"], [])
    return read


LINKED = (
    *("goal_tree", "indicator_results", "variance_explanations", "action_points"),
    *(
        "programme_budget_years",
        "reserve_movements",
        "programme_steps",
        "budget_steps",
        "forecasts",
        "programme_taakveld_bridge",
    ),
)
"""Queries whose rows name the line that a page links to."""


def _words(marts: Marts) -> Words:
    """Give the Dutch word of each code, by the column that holds it."""
    words: dict[str, dict[str, str]] = {}
    for row in marts.rows("coded"):
        for place in row["used_in"].split(", "):
            words.setdefault(place, {})[row["code"]] = row["label_nl"]
    return words


def _as_read(words: Words, row: Row) -> str:
    """Write a value as the pages do: a number, the word of a code, or a text that may be cut."""
    text = str(row["input_value"])
    known = words.get(f"{row['table_name']}.{row['column_name']}", {})
    text = known.get(text) or YES_NO.get(text, text)
    if not NUMBER.fullmatch(text):
        return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"
    amount = str(row["column_name"]).endswith("_keur")
    return number(Decimal(text)) if amount else measured(Decimal(text), 6)


def _column_labels(marts: Marts) -> dict[tuple[str, str], str]:
    """Give the Dutch word of each column: what its comment says before the first full stop."""
    return {
        (row["table_name"], row["column_name"]): split_comment(row["comment"])[0]
        or row["column_name"]
        for row in marts.rows("columns")
    }
