"""Tables, columns and codes are found by what they are called, with errors of typing forgiven."""

from pathlib import Path

import duckdb
import pytest

from doelenboom.errors import RefusedError
from doelenboom.publication.reading.catalogue import (
    TableSummary,
    description,
    found,
    summaries,
)
from doelenboom.storage.resources import DuckDBResources

MARTS = """
    create schema marts;
    create table marts.dim_municipality_current (
        municipality_code varchar primary key, municipality_name varchar
    );
    insert into marts.dim_municipality_current values
        ('GM0168', 'Losser'), ('GM1900', 'Súdwest-Fryslân'), ('GM0344', 'Utrecht'),
        ('GM0999', 'Losserveen');
    create table marts.dim_indicator (
        indicator_code varchar primary key, indicator_name varchar
    );
    insert into marts.dim_indicator values ('iv3_expenses_6.1', 'Lasten: 6.1 Samenkracht');
    create table marts.spending (
        municipality_code varchar, fiscal_year integer, measure_code varchar,
        expenses_keur decimal(18, 3), primary key (municipality_code, fiscal_year)
    );
    insert into marts.spending values
        ('GM0168', 2018, 'x', 1), ('GM0168', 2021, 'x', 2), ('GM0344', 2019, 'x', 3);
    comment on table marts.spending is 'Lasten. One row per municipality and year.';
    comment on column marts.spending.expenses_keur is 'Lasten, x € 1.000. What was spent.';
"""


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("read") / "doelenboom.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute(MARTS)
    return path


def test_tables_say_what_they_are_how_long_and_of_which_years(
    database: Path, resources: DuckDBResources
) -> None:
    assert summaries(database, resources=resources) == [
        TableSummary("dim_indicator", "", "", 1, None, None),
        TableSummary("dim_municipality_current", "", "", 4, None, None),
        TableSummary("spending", "Lasten", "One row per municipality and year.", 3, 2018, 2021),
    ]


def test_a_table_is_described_with_its_key_joins_and_rows(
    database: Path, resources: DuckDBResources
) -> None:
    told = description(database, "marts.Spending", resources=resources, rows=2)
    assert told.table.key == ("municipality_code", "fiscal_year")
    assert told.joins == [
        "join marts.dim_municipality_current on spending.municipality_code"
        " = dim_municipality_current.municipality_code",
        "join marts.dim_indicator on spending.measure_code = dim_indicator.indicator_code",
    ]
    assert len(told.rows) == 2
    with duckdb.connect(str(database), read_only=True) as connection:
        for join in told.joins:
            connection.execute(f"from marts.spending left {join}").fetchall()


def test_a_table_that_is_not_there_is_refused_with_those_near(
    database: Path, resources: DuckDBResources
) -> None:
    with pytest.raises(RefusedError, match=r"no table marts\.spendings; the nearest: spending"):
        description(database, "spendings", resources=resources)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("losser", ["GM0168", "GM0999"]),  # the whole name first
        ("sudwest", ["GM1900"]),  # a part, without accents
        ("utregt", ["GM0344"]),  # a typing error
        ("GM0344", ["GM0344"]),
        ("6.1", ["iv3_expenses_6.1"]),
        ("lasten", ["iv3_expenses_6.1", "spending", "spending.expenses_keur"]),
        ("' or 1 = 1 --", []),
        ("nergens", []),
    ],
)
def test_a_word_gives_the_codes_that_it_stands_for(
    database: Path, resources: DuckDBResources, word: str, expected: list[str]
) -> None:
    assert [code for _, code, _ in found(database, word, resources=resources)] == expected


def test_what_a_column_is_called_is_its_label(database: Path, resources: DuckDBResources) -> None:
    assert ("column", "spending.expenses_keur", "Lasten, x € 1.000") in found(
        database, "expenses_keur", resources=resources
    )
