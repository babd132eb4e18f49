"""A name will do where a code is asked for; what is ambiguous or unknown is never guessed."""

from collections.abc import Iterator

import duckdb
import pytest

from doelenboom.errors import RefusedError
from doelenboom.publication.reading.names import code_of, codes_of_key

MARTS = """
    create schema marts;
    create table marts.dim_municipality_current as
    from (values
        ('GM0168', 'Losser', null), ('GM0893', 'Bergen (L.)', null),
        ('GM1900', 'Súdwest-Fryslân', null),
        ('GM0373', 'Bergen (NH.)', null), ('GM0518', '''s-Gravenhage', 'Den Haag'),
        ('GM0344', 'Utrecht', null)
    ) as places (municipality_code, municipality_name, also_called);
    create table marts.dim_peer_group as
    from (values
        ('all', 'Alle gemeenten'), ('province_PV26', 'Utrecht'), ('x_1', 'Dubbel'),
        ('x_2', 'Dubbel')
    ) as groups (peer_group_code, peer_group_name);
"""


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute(MARTS)
        yield connection


@pytest.mark.parametrize(
    ("kind", "word", "code"),
    [
        ("municipality", "Losser", "GM0168"),
        ("municipality", " losser ", "GM0168"),
        ("municipality", "sudwest-fryslan", "GM1900"),
        ("municipality", "gm0344", "GM0344"),
        ("municipality", "Den Haag", "GM0518"),
        ("municipality", "'s-Gravenhage", "GM0518"),
        ("municipality", "Utrecht", "GM0344"),
        ("peer group", "Utrecht", "province_PV26"),
        ("peer group", "all", "all"),
    ],
)
def test_a_whole_name_or_a_code_gives_the_code(
    connection: duckdb.DuckDBPyConnection, kind: str, word: str, code: str
) -> None:
    assert code_of(connection, kind, word) == code


@pytest.mark.parametrize(
    ("kind", "word", "told"),
    [
        (
            "municipality",
            "Bergen",
            r"no municipality has .*'Bergen'; near it: Bergen \(L\.\) \(GM0893\)",
        ),
        ("municipality", "Lossr", r"no municipality has .*; near it: Losser \(GM0168\)"),
        (
            "municipality",
            "Xyzzyplaats",
            r"no municipality has the name or code 'Xyzzyplaats': `doelenboom find",
        ),
        ("municipality", "Alle gemeenten", "no municipality has"),
        ("peer group", "dubbel", r"2 have the name .*: Dubbel \(x_1\), Dubbel \(x_2\)"),
    ],
)
def test_what_is_not_one_thing_is_refused_with_those_near(
    connection: duckdb.DuckDBPyConnection, kind: str, word: str, told: str
) -> None:
    with pytest.raises(RefusedError, match=told):
        code_of(connection, kind, word)


def test_in_a_key_only_whole_names_of_coded_columns_become_codes(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    key = {
        "municipality_code": "Losser",
        "peer_group_code": "Utrecht",
        "subject": "Losser",
        "fiscal_year": "2018",
    }
    assert codes_of_key(connection, key) == {
        **key,
        "municipality_code": "GM0168",
        "peer_group_code": "province_PV26",
    }
    assert codes_of_key(connection, {"municipality_code": "GM9999"}) == {
        "municipality_code": "GM9999"
    }
    assert codes_of_key(connection, {"peer_group_code": "Dubbel"}) == {"peer_group_code": "Dubbel"}
