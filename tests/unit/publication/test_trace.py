"""The way of a figure: every step named, a null explained, nothing guessed."""

from collections.abc import Mapping
from pathlib import Path

import duckdb
import pytest

from doelenboom.errors import RefusedError
from doelenboom.publication.resources import DuckDBResources
from doelenboom.publication.trace import trace_figure
from doelenboom.publication.trace_node import TraceNode

HASHES = {"seeds/accounts/programme_finance.csv": "ab" * 32}


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "published.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("""
            create schema marts;
            create table marts.results as select * from (values
                ('GM0153', 2018, 198542.000, null, 'not_published', 'De bron toont geen regels'),
                ('GM0153', 2013, 56168.000, 11724.000, 'reported', null)
            ) as row (municipality_code, fiscal_year, actual_keur, gross_keur, value_status,
                status_reason);
            create table marts.figure_provenance as select
                'results' as table_name,
                'municipality_code=GM0153 fiscal_year=2018' as row_key,
                'actual_keur' as column_name, 1 as input_no,
                'stg_accounts__programme_finance' as input_model,
                'actual_keur' as input_column, '198542.000' as input_value,
                'seeds/accounts/programme_finance.csv' as seed_path, 34 as seed_line,
                'chapter.txt' as source_document, '428' as source_lines, 'cd' as source_sha256;
        """)
    return path


def trace(database: Path, column: str, key: Mapping[str, str], table: str = "results") -> TraceNode:
    resources = DuckDBResources("1GB", 1, database.parent / "spill")
    return trace_figure(
        database,
        table,
        column,
        key,
        file_hashes=HASHES,
        data_dir=database.parent,
        resources=resources,
    )


YEAR_2018 = {"municipality_code": "GM0153", "fiscal_year": "2018"}


def test_a_figure_leads_from_mart_to_document_with_hashes(database: Path) -> None:
    figure = trace(database, "actual_keur", YEAR_2018)
    assert (figure.label, figure.detail) == ("marts.results.actual_keur", "198542.000")
    (staging,) = figure.children
    assert staging.label == "staging.stg_accounts__programme_finance.actual_keur"
    (file,) = staging.children
    assert (file.label, file.detail) == (next(iter(HASHES)), f"line 34, sha256 {'ab' * 32}")
    (document,) = file.children
    assert (document.label, document.detail) == ("chapter.txt", "line 428, sha256 cd")


def test_a_missing_figure_tells_why_it_is_missing(database: Path) -> None:
    figure = trace(database, "gross_keur", YEAR_2018)
    assert figure.detail == "null: not_published: De bron toont geen regels"
    assert figure.children == ()


@pytest.mark.parametrize(
    ("table", "column", "key", "sentence"),
    [
        ("nothing", "actual_keur", YEAR_2018, "there is no table marts.nothing"),
        ("results", "nothing", YEAR_2018, "marts.results has no column nothing"),
        ("results", "actual_keur", {"year": "2018"}, "marts.results has no column year"),
        (
            "results",
            "actual_keur",
            {"municipality_code": "GM0153"},
            "marts.results: 2 rows have municipality_code=GM0153, expected exactly one",
        ),
        (
            "results",
            "actual_keur",
            {"fiscal_year": "2018' or '1'='1"},
            "marts.results: no row has fiscal_year=2018' or '1'='1, expected exactly one",
        ),
        (
            "results",
            "value_status",
            YEAR_2018,
            "marts.results.value_status is no figure with a recorded source",
        ),
    ],
)
def test_what_cannot_be_traced_is_told_in_one_sentence(
    database: Path, table: str, column: str, key: dict[str, str], sentence: str
) -> None:
    with pytest.raises(RefusedError) as refused:
        trace(database, column, key, table)
    assert str(refused.value) == sentence


def test_before_the_first_run_it_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match="run `doelenboom run` first"):
        trace(tmp_path / "published.duckdb", "actual_keur", YEAR_2018)
