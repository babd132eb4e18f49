"""Empty tables as workbooks, to fill in and drop.

Heads are Dutch, codes are chosen from a list. A row shows how: one that was published, or else a
made-up one. It says that it is an example and is left out when the table is read.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from doelenboom.errors import RefusedError, nearest
from doelenboom.sources.inbox.sheets import OPTIONS, Styles, styles_of, write_row
from doelenboom.sources.inbox.tables.grid import Value, column_letters
from doelenboom.sources.inbox.tables.kinds import (
    KEUR,
    MADE_COLUMNS,
    SOURCES_OF,
    Kind,
    read_kinds,
)
from doelenboom.sources.inbox.tables.words import (
    CHOICES_OF,
    CHOICES_SHEET,
    EXAMPLE,
    GUIDE_HEADING,
    GUIDE_SHEET,
    MADE_UP,
    PUBLISHED,
    ROW_KIND,
    TEMPLATE_TOLD,
    TRUTHS,
)

_ROWS = 1_000
"""Rows below the head that have drop-downs."""

_WIDTHS = (44, 30, 80, 14, 12, 60)
_WIDE = 22
_FIRST = 2
"""Row of the first row of figures, the example, counted from 1."""


def template_names(seeds: Path) -> list[tuple[str, str]]:
    """List the tables that there are templates of, with their Dutch titles."""
    return [(kind.name, kind.title) for kind in read_kinds(seeds).values()]


def write_template(name: str, path: Path, seeds: Path) -> None:
    """Write the template of a table.

    Raises `RefusedError` for a name that is none, OSError when the file cannot be written.
    """
    kinds = read_kinds(seeds)
    if name not in kinds:
        raise RefusedError(f"no template is called {name!r}{nearest(name, kinds)}")
    kind = kinds[name]
    columns = [c for c in kind.fields if c not in (*MADE_COLUMNS, *SOURCES_OF)]
    example = kind.example
    with Workbook(str(path), OPTIONS) as book:
        styles = styles_of(book)
        page = book.add_worksheet(kind.title)
        guide = book.add_worksheet(GUIDE_SHEET)
        choices = book.add_worksheet(CHOICES_SHEET)
        _write_table(page, kind, columns, example, styles)
        _write_choices(page, choices, kind, columns, styles)
        _write_guide(guide, kind, columns, example, styles)


def _write_table(
    page: Worksheet,
    kind: Kind,
    columns: Sequence[str],
    example: Mapping[str, str],
    styles: Styles,
) -> None:
    write_row(page, 0, [ROW_KIND, *map(kind.label, columns)], styles.heading)
    shown = [_shown(kind, column, example[column]) for column in columns]
    write_row(page, _FIRST - 1, [EXAMPLE, *shown], styles.example)
    page.set_column(0, len(columns), _WIDE)
    page.freeze_panes(1, 0)


def _shown(kind: Kind, column: str, text: str) -> Value:
    """Show a cell of the package as a controller fills it in."""
    if not text:
        return None
    if column in kind.code_lists:
        return kind.choices(column)[text]
    match kind.fields[column].type:
        case "number" | "integer":
            return Decimal(text)
        case "boolean":
            return TRUTHS[text == "false"]
        case _:
            return text


def _write_choices(
    page: Worksheet, choices: Worksheet, kind: Kind, columns: Sequence[str], styles: Styles
) -> None:
    """Write the words of each coded column, and offer them in its cells."""
    taken = 0
    for place, column in enumerate(columns, start=1):
        words = _words_of(kind, column)
        if not words:
            continue
        letter = column_letters(taken)
        write_row(choices, 0, [CHOICES_OF.format(kind.label(column))], styles.heading, taken)
        for row, word in enumerate(words, start=1):
            write_row(choices, row, [word], styles.text, taken)
        source = f"='{CHOICES_SHEET}'!${letter}$2:${letter}${len(words) + 1}"
        page.data_validation(1, place, _ROWS, place, {"validate": "list", "source": source})
        taken += 1
    choices.set_column(0, max(taken - 1, 0), _WIDE)


def _words_of(kind: Kind, column: str) -> Sequence[str]:
    is_truth = kind.fields[column].type == "boolean"
    return TRUTHS if is_truth else tuple(kind.choices(column).values())


def _write_guide(
    page: Worksheet,
    kind: Kind,
    columns: Sequence[str],
    example: Mapping[str, str],
    styles: Styles,
) -> None:
    write_row(page, 0, [kind.title], styles.title)
    source = PUBLISHED if example["source_document"] else MADE_UP
    told = [text.format(**example, source=source.format(**example)) for text in TEMPLATE_TOLD]
    for place, text in enumerate(told, start=2):
        write_row(page, place, [text], styles.text)
    first = len(told) + 3
    write_row(page, first, GUIDE_HEADING, styles.heading)
    for place, column in enumerate(columns, start=first + 1):
        label, meaning = kind.term(column)
        needed = "ja" if column in kind.needed else "nee"
        unit = "x € 1.000" if column.endswith(KEUR) else None
        words = "; ".join(_words_of(kind, column)) or None
        write_row(page, place, [label, column, meaning, unit, needed, words], styles.text)
    for column_no, width in enumerate(_WIDTHS):
        page.set_column(column_no, column_no, width)
