"""Which columns a sheet shows of a table: its own, and words beside the codes and documents.

Decides and writes SQL of values; reads no rows and knows no cell.
"""

from collections.abc import Iterator, Mapping, Sequence

from doelenboom.glossary import split_comment
from doelenboom.publication.export.cells import ShownColumn
from doelenboom.publication.export.units import unit_of
from doelenboom.publication.export.workbook_words import CODE, DOCUMENT, TITLE, WORD
from doelenboom.publication.lineage.documents import DOCUMENTS
from doelenboom.publication.lineage.words import Words
from doelenboom.storage.resources import sql_name, sql_text
from doelenboom.storage.tables import Column, Table

SOURCE_DOCUMENT = "source_document"


def shown_columns(
    table: Table, titles: Mapping[str, str], words: Mapping[str, Words]
) -> list[ShownColumn]:
    """List the columns of a sheet: before each code its Dutch word, before a document its title.

    `titles` are those of the documents, `words` those of the coded columns of the table.
    """
    return [
        shown
        for column in table.columns
        for shown in _shown(column, table, titles, _words_beside(column.name, table, words))
    ]


def _words_beside(column: str, table: Table, words: Mapping[str, Words]) -> Words:
    """Give the words of a column; none where codes are words or the table itself has labels."""
    if any(each.name == f"{column}_label" for each in table.columns):
        return {}
    found = words.get(column, {})
    return found if any(code != word for code, word in found.items()) else {}


def _shown(
    column: Column, table: Table, titles: Mapping[str, str], words: Words
) -> Iterator[ShownColumn]:
    label, _ = split_comment(column.comment)
    is_key = column.name in table.key
    names = [each.name for each in table.columns]
    own = sql_name(column.name)
    if words:
        word = _worded(own, words)
        yield ShownColumn(f"{column.name} {WORD}", label, "", "VARCHAR", word, is_key)
        label = f"{label or column.name} {CODE}"
    elif column.name == SOURCE_DOCUMENT and titles and table.name != DOCUMENTS:
        title = _worded(own, titles)
        yield ShownColumn(f"{column.name} {TITLE}", DOCUMENT, "", "VARCHAR", title)
    unit = unit_of(column.name, names)
    yield ShownColumn(column.name, label, unit, column.type, own, is_key)


def _worded(column: str, words: Mapping[str, str]) -> str:
    """Write the SQL of the word for what a column holds; null for what has none."""
    whens = " ".join(f"when {sql_text(code)} then {sql_text(word)}" for code, word in words.items())
    return f"case cast({column} as varchar) {whens} end"


def key_columns(columns: Sequence[ShownColumn]) -> int:
    """Count the columns of the key that a sheet begins with."""
    return next((place for place, each in enumerate(columns) if not each.is_key), len(columns))
