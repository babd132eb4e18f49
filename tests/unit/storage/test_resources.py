"""Databases in memory, to which published files are attached."""

from pathlib import Path

import pytest

from doelenboom.errors import RefusedError
from doelenboom.storage.resources import DuckDBResources, open_in_memory


def test_no_bar_of_duckdb_stands_between_the_lines_of_an_answer(tmp_path: Path) -> None:
    with open_in_memory(DuckDBResources("500MB", 1, tmp_path)) as connection:
        shown = connection.execute("select current_setting('enable_progress_bar')").fetchone()
    assert shown == (False,)


def test_a_spill_folder_that_cannot_be_made_is_blamed_itself(tmp_path: Path) -> None:
    in_a_file = tmp_path / "file" / "spill"
    in_a_file.parent.touch()
    with pytest.raises(RefusedError, match=f"^the spill folder {in_a_file} cannot be made: "):
        open_in_memory(DuckDBResources("500MB", 1, in_a_file))
