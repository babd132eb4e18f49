"""The Dutch words of codes, as a release itself has them: `marts.code_lists`."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

import duckdb

from doelenboom.storage.resources import sql_name
from doelenboom.storage.tables import SCHEMA

CODE_LISTS = "code_lists"

Words = Mapping[str, str]
"""The Dutch word of each code of a list, in its order."""


@dataclass(frozen=True)
class CodeWords:
    """The words of each list, and of each coded column by its table; none in an early release."""

    lists: Mapping[str, Words] = field(default_factory=dict)
    columns: Mapping[str, Mapping[str, Words]] = field(default_factory=dict)


def read_words(
    connection: duckdb.DuckDBPyConnection, catalog: str, tables: Collection[str]
) -> CodeWords:
    """Read the words of a release that is attached as `catalog` and has these tables."""
    if CODE_LISTS not in tables:
        return CodeWords()
    rows = connection.execute(
        "select list_name, code, label_nl, used_in"
        f" from {sql_name(catalog, SCHEMA, CODE_LISTS)} order by list_name, code_no"
    ).fetchall()
    lists: dict[str, dict[str, str]] = defaultdict(dict)
    columns: dict[str, dict[str, Words]] = defaultdict(dict)
    for name, code, word, used_in in rows:
        lists[name][code] = word
        for place in used_in.split(", ") if used_in else ():
            table, _, column = place.partition(".")
            columns[table][column] = lists[name]
    return CodeWords(lists, columns)
