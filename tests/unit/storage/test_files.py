"""A disk that fails is told in one sentence: why, and which file."""

import os
from pathlib import Path

import duckdb
import pytest

from doelenboom.errors import RefusedError
from doelenboom.storage.files import copy_file, first_line, refusing, write_json

FULL = Path("/dev/full")

pytestmark = pytest.mark.skipif(not FULL.exists(), reason="no device that is always full")


def test_a_document_that_does_not_fit_is_named() -> None:
    with pytest.raises(RefusedError) as refused, refusing("Nothing is sealed"):
        write_json(FULL, {"a": 1})
    assert str(refused.value) == "Nothing is sealed: No space left on device: /dev/full"


def test_a_copy_that_does_not_fit_names_where_it_went(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.write_bytes(b"x" * 100_000)
    with pytest.raises(RefusedError) as refused, refusing("Nothing is sealed"):
        copy_file(source, FULL)
    assert "No space left on device: " in str(refused.value)
    assert str(refused.value).endswith("/dev/full")


def test_a_parquet_file_that_does_not_fit_is_told_in_words() -> None:
    with (
        pytest.raises(RefusedError) as refused,
        refusing("Nothing is sealed"),
        duckdb.connect() as connection,
    ):
        connection.execute(
            "copy (select md5(range::varchar) from range(100000)) to '/dev/full'"
            " (format parquet, use_tmp_file false)"
        )
    sentence = str(refused.value)
    assert "/dev/full" in sentence
    assert "No space left on device" in sentence
    assert "{" not in sentence
    assert "\n" not in sentence


def test_an_error_that_is_wrapped_as_json_is_taken_out() -> None:
    error = duckdb.IOException(
        'IO Error: Async write failed: {"exception_type":"IO","exception_message":'
        '"Could not write file \\"/a/b\\": No space left on device","errno":"28"}'
    )
    assert first_line(error) == 'Could not write file "/a/b": No space left on device'


def test_both_names_of_a_failing_rename_are_told(tmp_path: Path) -> None:
    with pytest.raises(RefusedError) as refused, refusing("Nothing is moved"):
        os.rename(tmp_path / "none", tmp_path / "some")
    assert str(refused.value) == (
        f"Nothing is moved: No such file or directory: {tmp_path / 'none'} -> {tmp_path / 'some'}"
    )
