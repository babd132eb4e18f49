"""Databases in memory, to which published files are attached."""

from pathlib import Path

from doelenboom.storage.resources import DuckDBResources, open_in_memory


def test_no_bar_of_duckdb_stands_between_the_lines_of_an_answer(tmp_path: Path) -> None:
    with open_in_memory(DuckDBResources("500MB", 1, tmp_path)) as connection:
        shown = connection.execute("select current_setting('enable_progress_bar')").fetchone()
    assert shown == (False,)
