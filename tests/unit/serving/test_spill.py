"""What a server spilled goes with it; what a dead one left goes at the next start."""

import subprocess
import sys
from pathlib import Path

import pytest

from doelenboom.errors import RefusedError
from doelenboom.serving.spill import LOCK_NAME, START_LOCK_NAME, bytes_in, own_spill_folder

DIES = """
import os, sys
from pathlib import Path
from doelenboom.serving.spill import own_spill_folder
with own_spill_folder(Path(sys.argv[1])) as folder:
    (folder / "query-1").mkdir()
    (folder / "query-1" / "spilled").write_text("much")
    os._exit(9)
"""


def test_a_folder_of_one_who_died_is_removed_and_of_one_who_lives_is_not(tmp_path: Path) -> None:
    spill = tmp_path / "spill"
    (spill / "of others").mkdir(parents=True)
    died = subprocess.run([sys.executable, "-c", DIES, str(spill)], check=False, timeout=30)
    assert died.returncode == 9
    (left,) = spill.glob("serve-*/query-1/spilled")
    with own_spill_folder(spill) as first:
        assert not left.exists()
        (first / "spilled").write_text("much")
        with own_spill_folder(spill) as second:
            assert (first / "spilled").exists()
            assert first != second
        assert first.exists() and not second.exists()
    assert sorted(path.name for path in spill.iterdir()) == ["of others", START_LOCK_NAME]


def test_what_files_take_is_measured(tmp_path: Path) -> None:
    assert bytes_in(str(tmp_path)) == 0
    (tmp_path / LOCK_NAME).write_bytes(b"x" * 100_000)
    assert 100_000 <= bytes_in(str(tmp_path)) < 200_000


def test_a_place_that_cannot_be_used_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with (
        pytest.raises(RefusedError, match="file/spill cannot be used to spill to"),
        own_spill_folder(tmp_path / "file" / "spill"),
    ):
        pass
