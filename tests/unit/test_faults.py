"""One reason for what stopped, in one sentence, whoever wrapped it."""

import errno
import itertools
import os
from pathlib import Path

import pytest

from doelenboom.errors import RefusedError, ValidationBlockedError
from doelenboom.faults import reason_of

DATA = Path("/srv/data")


def caused(*causes: BaseException) -> BaseException:
    """Chain errors as `raise ... from ...` does, the outermost first."""
    for outer, inner in itertools.pairwise(causes):
        outer.__cause__ = inner
    return causes[0]


def test_our_own_error_is_found_below_what_wrapped_it() -> None:
    ours = ValidationBlockedError("programme_results is empty")
    assert reason_of(caused(RuntimeError("step failed"), ValueError("between"), ours), DATA) is ours


def test_a_stranger_becomes_one_line() -> None:
    error = caused(RuntimeError("step failed"), ZeroDivisionError("divided\n  by nothing"))
    reason = reason_of(error, DATA)
    assert isinstance(reason, RefusedError)
    assert str(reason) == "ZeroDivisionError: divided by nothing"


@pytest.mark.parametrize(
    "error",
    [
        OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "/srv/data/state/run.lock"),
        RuntimeError("IO Error: Could not write file: No space left on device"),
        RuntimeError("(sqlite3.OperationalError) database or disk is full"),
        caused(RuntimeError("step failed"), RefusedError("sealing: No space left on device")),
    ],
)
def test_a_full_disk_is_the_reason_whoever_met_it(error: BaseException) -> None:
    assert str(reason_of(error, DATA)) == "no space left under /srv/data"


def test_a_disk_fault_with_space_left_is_no_full_disk(tmp_path: Path) -> None:
    assert str(reason_of(RuntimeError("disk I/O error"), tmp_path)) == (
        "RuntimeError: disk I/O error"
    )


@pytest.mark.parametrize("place", ["/srv/data/state", "/srv/data", "/srv"])
def test_a_folder_on_the_way_to_the_data_is_named_with_its_variable(place: str) -> None:
    error = PermissionError(errno.EACCES, "Permission denied", place)
    assert str(reason_of(error, DATA)) == (
        f"{place} cannot be used: permission denied (DOELENBOOM_DATA_DIR is /srv/data)"
    )


def test_another_file_is_named_alone() -> None:
    error = FileNotFoundError(errno.ENOENT, "No such file or directory", "/etc/nowhere")
    assert str(reason_of(error, DATA)) == ("/etc/nowhere cannot be used: no such file or directory")
