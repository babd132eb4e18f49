"""A variable that cannot be used is named, with what was expected of it."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from doelenboom import settings as module
from doelenboom.errors import RefusedError
from doelenboom.memory import memory_of_machine
from doelenboom.settings import Settings, load_settings

MEMORY = (
    "expected a number and a unit, such as 2GB, from 100MB to 4000MB, 4 times what the machine has"
)
THREADS = "expected a whole number from 1 to 8"
KEPT = "expected a whole number from 1 to 36500"


@pytest.fixture(autouse=True)
def _read_anew() -> Iterator[None]:
    load_settings.cache_clear()
    yield
    load_settings.cache_clear()


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("MEMORY_LIMIT", "veel", f"'veel': {MEMORY}"),
        ("MEMORY_LIMIT", "2", f"'2': {MEMORY}"),
        ("MEMORY_LIMIT", "1KB", f"'1KB': {MEMORY}"),
        ("MEMORY_LIMIT", "4.1GB", f"'4.1GB': {MEMORY}"),
        ("MEMORY_LIMIT", "1" + "0" * 20 + "TB", f"'1{'0' * 20}TB': {MEMORY}"),
        ("MEMORY_LIMIT", "9" * 400 + "TB", f"'{'9' * 60}…': {MEMORY}"),
        ("THREADS", "many", f"'many': {THREADS}"),
        ("THREADS", "0", f"'0': {THREADS}"),
        ("THREADS", "9", f"'9': {THREADS}"),
        ("THREADS", "1000000", f"'1000000': {THREADS}"),
        ("THREADS", "9" * 5000, f"'{'9' * 60}…': {THREADS}"),
        ("KEEP_RELEASES", "0", f"'0': {KEPT}"),
        ("KEEP_RELEASES", "36501", f"'36501': {KEPT}"),
        ("KEEP_RELEASES", "a month", f"'a month': {KEPT}"),
        ("DATA_DIR", "~nobody-of-this-name/x", "'~nobody-of-this-name/x': Could not determine"),
        ("DATA_DIR", "/dev/null", "'/dev/null': expected a folder"),
        ("DATA_DIR", "/tmp/a;b", "'/tmp/a;b': expected a folder whose path has none of"),
        ("SPILL_DIR", "/dev/null", "'/dev/null': expected a folder"),
        ("BENCHMARKS_DIR", "/dev/null", "'/dev/null': expected a folder"),
        ("SPILL_DIR", "/" + "a" * 5000, f"'/{'a' * 59}…': expected a folder, file name too long"),
        ("CBS_URL", "ftp://x", "'ftp://x': expected a base URL"),
        ("CBS_IV3_URL", "http://x:99999", "'http://x:99999': expected a base URL"),
    ],
)
def test_a_value_that_cannot_be_used_is_refused_by_name(
    name: str, value: str, sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "memory_of_machine", lambda: 10**9)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    monkeypatch.setenv(f"DOELENBOOM_{name}", value)
    with pytest.raises(RefusedError) as refusal:
        load_settings()
    assert "\n" not in str(refusal.value)
    assert str(refusal.value).startswith(f"DOELENBOOM_{name} is {sentence}")


@pytest.mark.parametrize("value", ["2GB", "2 gb", "0.5TiB", "100MB"])
def test_memory_is_a_number_and_a_unit(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "memory_of_machine", lambda: 10**12)
    monkeypatch.setenv("DOELENBOOM_MEMORY_LIMIT", value)
    assert load_settings().memory_limit == value


@pytest.mark.parametrize(
    ("there", "limit"), [(1_000_000_000, "2000MB"), (10_000_000_000, "6000MB")]
)
def test_memory_is_a_share_of_what_there_is_and_never_less_than_two_gigabytes(
    there: int, limit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DOELENBOOM_MEMORY_LIMIT", raising=False)
    monkeypatch.setattr(module, "memory_of_machine", lambda: there)
    assert Settings().memory_limit == limit


def test_a_night_takes_more_than_it_needs_only_where_somebody_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("DOELENBOOM_MEMORY_LIMIT", raising=False)
    monkeypatch.setattr(module, "memory_of_machine", lambda: 64 * 10**9)
    assert Settings().night_memory == "2100MB"
    assert Settings(memory_limit="8GiB").night_memory == "8GiB"
    monkeypatch.setattr(module, "memory_of_machine", lambda: 3 * 10**9)
    assert Settings().night_memory == "2000MB"


def test_a_cgroup_above_this_process_limits_its_memory(tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.write_text("4:cpu:/x\n0::/system.slice/night.service\n")
    service = tmp_path / "system.slice" / "night.service"
    service.mkdir(parents=True)
    machine = memory_of_machine(tmp_path, own)
    assert machine > 1_000_000
    (service / "memory.max").write_text("max\n")
    assert memory_of_machine(tmp_path, own) == machine
    (service.parent / "memory.max").write_text("1000000\n")
    assert memory_of_machine(tmp_path, own) == 1_000_000


def test_a_variable_that_is_empty_is_none_and_what_is_given_goes_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DOELENBOOM_KEEP_RELEASES", "")
    monkeypatch.setenv("DOELENBOOM_THREADS", "3")
    assert Settings().keep_releases == 30
    assert (Settings().threads, Settings(threads=4).threads) == (3, 4)
