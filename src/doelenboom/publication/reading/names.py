"""What things are called: the codes that a name stands for, in what is published.

A code is always its own name; accents and capitals count for nothing. A part of a name and one
that is spelled wrong are found too, and are no answer where one code is asked for.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

import duckdb

from doelenboom.errors import RefusedError
from doelenboom.storage.resources import sql_name
from doelenboom.storage.tables import SCHEMA

LONGEST = 100
"""Characters of the longest name that is looked for."""

HINTS = 5
"""Things that are named where none is called exactly so."""


class Named(NamedTuple):
    """A kind of thing that has a name, the table that names it, and the SQL of code and name."""

    kind: str
    table: str
    code: str
    name: str


NAMED = (
    Named("municipality", "dim_municipality_current", "municipality_code", "municipality_name"),
    Named("municipality", "dim_municipality_current", "municipality_code", "also_called"),
    Named("cluster", "dim_taakveld", "cluster_code", "cluster_name"),
    Named("measure", "dim_indicator", "indicator_code", "indicator_name"),
    Named("taakveld", "dim_taakveld_current", "taakveld_code", "taakveld_name"),
    Named(
        "programme",
        "programme_results",
        "concat_ws(' ', municipality_code, fiscal_year, programme_code)",
        "concat_ws(', ', programme_name, municipality_name)",
    ),
    Named("peer group", "dim_peer_group", "peer_group_code", "peer_group_name"),
)
KIND_OF = {
    "municipality_code": "municipality",
    "cluster_code": "cluster",
    "taakveld_code": "taakveld",
    "measure_code": "measure",
    "peer_group_code": "peer group",
}
"""Columns of codes, and the kind of thing that they are the code of."""

MUNICIPALITY_CODE = re.compile(r"(?i)GM\d{4}")
"""How a code of a municipality is written, whether there is one or not."""

SCORED = """
    with named (kind, code, name) as ({named}),

    folded as (
        select distinct
            *,
            lower(strip_accents(name)) as plain,
            lower(code) as plain_code,
            lower(strip_accents(trim($word))) as word
        from named
        where name is not null and code is not null
    ),

    apart as (
        select
            *,
            least(
                damerau_levenshtein(plain, word),
                list_min(
                    list_transform(
                        string_split_regex(plain, '[^a-z0-9]+'),
                        lambda each: damerau_levenshtein(each, word)
                    )
                )
            ) as distance
        from folded
    ),

    scored as (
        select
            *,
            case
                when plain = word or plain_code = word then 0
                when starts_with(plain, word) then 1
                when contains(plain, word) or contains(plain_code, word) then 2
                when distance <= if(length(word) < 5, 1, 2) then 3
            end as score
        from apart
    )

    select kind, code, name, score
    from scored
    where score < 3 or (score = 3 and (select min(score) from scored) = 3)
    order by
        score, if(score = 3, distance, 0), array_position($kinds, kind), length(name), code
"""


class Found(NamedTuple):
    """A thing that a word may stand for; `is_exact` where it is its whole name or its code."""

    kind: str
    code: str
    name: str
    is_exact: bool


def found_by_name(
    connection: duckdb.DuckDBPyConnection, word: str, others: Mapping[str, str]
) -> list[Found]:
    """Find what has a word in its name or code, the nearest first, and else what is spelled so.

    `others` has for more kinds a SELECT of kind, code and name. Raises `RefusedError` for a word
    that is longer than any name.
    """
    if len(word) > LONGEST:
        raise RefusedError(f"a name has at most {LONGEST} characters, and this has {len(word):,}")
    shown = connection.execute(
        "select table_name, column_name from duckdb_columns() where schema_name = 'marts'"
    ).fetchall()
    columns, tables = set(shown), {table for table, _ in shown}
    named = [
        f"select '{each.kind}', {each.code}, {each.name} from {sql_name(SCHEMA, each.table)}"
        for each in NAMED
        if (each.table, each.name) in columns or ("(" in each.name and each.table in tables)
    ]
    kinds = list(dict.fromkeys([*(each.kind for each in NAMED), *others]))
    if not named and not others:
        return []
    rows = connection.execute(
        SCORED.format(named=" union all ".join([*named, *others.values()])),
        {"word": word, "kinds": kinds},
    ).fetchall()
    return [Found(kind, code, name, score == 0) for kind, code, name, score in rows]


def code_of(connection: duckdb.DuckDBPyConnection, kind: str, word: str) -> str:
    """Give the code of what is called so, or has that code.

    Raises `RefusedError` that names the nearest where nothing is, or more than one thing.
    """
    found = [each for each in found_by_name(connection, word, {}) if each.kind == kind]
    exact = {each.code for each in found if each.is_exact}
    if len(exact) == 1:
        return exact.pop()
    hints = ", ".join(
        dict.fromkeys(f"{each.name} ({each.code})" for each in found[:HINTS] if each.name)
    )
    several = f"{len(exact)} have" if exact else f"no {kind} has"
    raise RefusedError(
        f"{several} the name or code {word!r}"
        + (f"; near it: {hints}" if hints else "")
        + f": `doelenboom find {word!r}` looks further"
    )


def codes_of_key(connection: duckdb.DuckDBPyConnection, key: Mapping[str, str]) -> dict[str, str]:
    """Put codes in the place of names in the values of a key; what is no name stays as it is.

    But for municipalities, whose codes are known by their form: raises `RefusedError` for a name
    that no municipality has.
    """
    return {column: _code_or_word(connection, column, word) for column, word in key.items()}


def _code_or_word(connection: duckdb.DuckDBPyConnection, column: str, word: str) -> str:
    """Give the one code that is called so in a column of codes, else the word itself."""
    if column == "municipality_code" and not MUNICIPALITY_CODE.fullmatch(word):
        return code_of(connection, KIND_OF[column], word)
    found = found_by_name(connection, word, {}) if column in KIND_OF else []
    exact = {each.code for each in found if each.is_exact and each.kind == KIND_OF[column]}
    return exact.pop() if len(exact) == 1 else word
