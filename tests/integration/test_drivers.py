"""The published file in older drivers: the same tables, rows, words and figures as in ours.

Each version of DuckDB runs in an environment of its own, which `make prove` installs.
"""

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import duckdb
import pytest

from doelenboom.settings import PROJECT_DIR
from tests.conftest import RealNight

pytestmark = pytest.mark.prove

VERSIONS = ("1.2.2", "1.4.5", "1.5.6")

LOOK = """
import json, sys
import duckdb

connection = duckdb.connect(sys.argv[1], read_only=True)


def rows(sql):
    return [[str(value) for value in row] for row in connection.execute(sql).fetchall()]


tables = [row[0] for row in rows("select table_name from duckdb_tables() order by 1")]
seen = {
    "version": duckdb.__version__,
    "counts": {name: int(rows(f"select count(*) from marts.{name}")[0][0]) for name in tables},
    "words": rows(
        "select table_name, '', comment from duckdb_tables() union all"
        " select table_name, column_name, comment from duckdb_columns()"
        " where schema_name = 'marts' order by 1, 2"
    ),
    "types": rows(
        "select table_name, column_name, data_type from duckdb_columns()"
        " where schema_name = 'marts' order by 1, 2"
    ),
    "answers": [rows(sql) for sql in json.load(sys.stdin)],
}
json.dump(seen, sys.stdout)
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
    text = (PROJECT_DIR / "docs" / "queries.md").read_text(encoding="utf-8")
    return re.findall(r"```sql\n(.+?)```", text, re.DOTALL)[:2]


@pytest.fixture(scope="module", params=VERSIONS)
def seen(request: pytest.FixtureRequest, real_night: RealNight) -> dict[str, Any]:
    """What a driver reads of the published file."""
    done = subprocess.run(
        [python_of(request.param), "-c", LOOK, str(real_night.database)],
        input=json.dumps([*documented_questions(), *SUMS]),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    assert found["version"] == request.param
    return found


@pytest.fixture(scope="module")
def ours(real_night: RealNight) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(str(real_night.database), read_only=True)


def test_the_makefile_installs_the_drivers_that_are_tried() -> None:
    makefile = (PROJECT_DIR / "Makefile").read_text(encoding="utf-8")
    assert f"DRIVER_VERSIONS := {' '.join(VERSIONS)}\n" in makefile


def test_an_older_driver_counts_the_rows_of_every_table_as_the_manifest_does(
    seen: dict[str, Any], real_night: RealNight
) -> None:
    manifest = json.loads((real_night.release / "manifest.json").read_text(encoding="utf-8"))
    assert seen["counts"] == {table["name"]: table["rows"] for table in manifest["tables"]}
    assert sum(seen["counts"].values()) > 100_000


def test_an_older_driver_reads_the_words_of_every_table_and_column(
    seen: dict[str, Any], ours: duckdb.DuckDBPyConnection
) -> None:
    words = ours.execute(
        "select table_name, '', comment from duckdb_tables() union all"
        " select table_name, column_name, comment from duckdb_columns()"
        " where schema_name = 'marts' order by 1, 2"
    ).fetchall()
    assert seen["words"] == [list(row) for row in words]
    assert all(comment not in ("", "None") for _, _, comment in seen["words"])


def test_an_older_driver_sees_plain_types_only(seen: dict[str, Any]) -> None:
    assert len(seen["types"]) > 300
    strange = [row for row in seen["types"] if not PLAIN.fullmatch(row[2])]
    assert strange == []


def test_an_older_driver_gives_the_same_answers(
    seen: dict[str, Any], ours: duckdb.DuckDBPyConnection
) -> None:
    for sql, answer in zip([*documented_questions(), *SUMS], seen["answers"], strict=True):
        rows = [[str(value) for value in row] for row in ours.execute(sql).fetchall()]
        assert rows
        assert answer == rows, sql
