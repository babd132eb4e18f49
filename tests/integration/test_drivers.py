"""The published file in older drivers: the same tables, rows, words and figures as in ours.

Each version of DuckDB runs in an environment of its own, which `make prove` installs.
"""

import json
import re
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pytest

from doelenboom.settings import PROJECT_DIR
from tests.conftest import RealNight
from tests.unit.publication.conftest import VIEW, small_house

pytestmark = pytest.mark.prove

VERSIONS = ("1.2.2", "1.4.5", "1.5.6")

LOOK = """
import json, sys
import duckdb

database, catalog = sys.argv[1:]
asked = json.load(sys.stdin)
if catalog:
    connection = duckdb.connect()
    connection.execute(f"attach '{database}' as {catalog} (read_only)")
    connection.execute(f"use {catalog}")
else:
    connection = duckdb.connect(database, read_only=True)


def rows(sql):
    return [[str(value) for value in row] for row in connection.execute(sql).fetchall()]


seen = {
    "version": duckdb.__version__,
    "counts": {name: int(rows(f"select count(*) from marts.{name}")[0][0]) for name in asked[0]},
    "answers": [rows(sql) for sql in asked[1]],
}
json.dump(seen, sys.stdout)
"""

WORDS = """
    select table_name, '', comment from duckdb_tables() where schema_name = 'marts'
    union all
    select view_name, '', comment from duckdb_views() where schema_name = 'marts'
    union all
    select table_name, column_name, comment from duckdb_columns() where schema_name = 'marts'
    order by 1, 2
"""

TYPES = """
    select table_name, column_name, data_type from duckdb_columns()
    where schema_name = 'marts' and not ends_with(table_name, '_storage') order by 1, 2
"""

SUMS = (
    "select sum(expenses_keur), sum(revenue_keur), count(distinct value_status)"
    " from marts.taakveld_spending",
    "select count(*), md5(string_agg(concat_ws('|', fiscal_year, measure_code, value, peer_median),"
    " ';' order by fiscal_year, report, measure_code, boundary, peer_group_code))"
    " from marts.municipality_comparison where municipality_code = 'GM0153'",
)

PLAIN = re.compile(r"VARCHAR|INTEGER|BIGINT|DOUBLE|DECIMAL\(\d+,\d+\)|DATE|BOOLEAN")


def python_of(version: str) -> Path:
    python = PROJECT_DIR / ".venv-drivers" / version / "bin" / "python"
    assert python.is_file(), f"{python} is not there: `make prove` installs it"
    return python


def documented_questions() -> list[str]:
    """Those that few municipalities have an answer to."""
    text = (PROJECT_DIR / "docs" / "questions.md").read_text(encoding="utf-8")
    asked = re.findall(r"```sql\n(.+?)```", text, re.DOTALL)
    tables = ("marts.dim_price_index", "marts.programme_results")
    return [sql for table in tables for sql in asked if table in sql]


def look(
    version: str, database: Path, tables: Iterable[str], questions: Sequence[str], catalog: str = ""
) -> dict[str, Any]:
    """Have a driver count tables and answer questions of a file, opened or attached by a name."""
    done = subprocess.run(
        [python_of(version), "-c", LOOK, str(database), catalog],
        input=json.dumps([list(tables), list(questions)]),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    assert found["version"] == version
    return found


def counts(release: Path) -> dict[str, int]:
    manifest = json.loads((release / "manifest.json").read_text(encoding="utf-8"))
    return {table["name"]: table["rows"] for table in manifest["tables"]}


def as_text(rows: Iterable[Iterable[Any]]) -> list[list[str]]:
    return [[str(value) for value in row] for row in rows]


@pytest.fixture(scope="module", params=VERSIONS)
def seen(request: pytest.FixtureRequest, real_night: RealNight) -> dict[str, Any]:
    """What a driver reads of the published file."""
    questions = [WORDS, TYPES, *documented_questions(), *SUMS]
    return look(request.param, real_night.database, counts(real_night.release), questions)


@pytest.fixture(scope="module")
def ours(real_night: RealNight) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(str(real_night.database), read_only=True)


def test_the_makefile_installs_the_drivers_that_are_tried() -> None:
    makefile = (PROJECT_DIR / "Makefile").read_text(encoding="utf-8")
    assert f"DRIVER_VERSIONS := {' '.join(VERSIONS)}\n" in makefile


def test_an_older_driver_counts_the_rows_of_every_table_as_the_manifest_does(
    seen: dict[str, Any], real_night: RealNight
) -> None:
    assert seen["counts"] == counts(real_night.release)
    assert sum(seen["counts"].values()) > 100_000


def test_an_older_driver_reads_the_words_of_every_table_and_column(
    seen: dict[str, Any], ours: duckdb.DuckDBPyConnection
) -> None:
    words = seen["answers"][0]
    assert words == as_text(ours.execute(WORDS).fetchall())
    named = [row for row in words if not row[0].endswith("_storage")]
    assert {name for name, _, _ in named} == set(seen["counts"])
    assert all(comment not in ("", "None") for _, _, comment in named)


def test_an_older_driver_sees_plain_types_only(seen: dict[str, Any]) -> None:
    types = seen["answers"][1]
    assert len(types) > 300
    strange = [row for row in types if not PLAIN.fullmatch(row[2])]
    assert strange == []


def test_an_older_driver_gives_the_same_answers(
    seen: dict[str, Any], ours: duckdb.DuckDBPyConnection
) -> None:
    for sql, answer in zip([*documented_questions(), *SUMS], seen["answers"][2:], strict=True):
        rows = ours.execute(sql).fetchall()
        assert rows
        assert answer == as_text(rows), sql


@pytest.mark.parametrize("catalog", ["", "x", "doelenboom"])
@pytest.mark.parametrize("version", VERSIONS)
def test_an_older_driver_reads_a_view_of_a_file_under_any_name(
    version: str, catalog: str, tmp_path: Path
) -> None:
    house = small_house(tmp_path)
    house.execute(VIEW)
    house.build()
    questions = ["from marts.places order by all", WORDS, TYPES]
    with duckdb.connect(str(house.candidate), read_only=True) as connection:
        expected = [as_text(connection.execute(sql).fetchall()) for sql in questions]

    seen = look(version, house.candidate, ["places"], questions, catalog)

    assert seen["counts"] == {"places": 4}
    assert seen["answers"] == expected
