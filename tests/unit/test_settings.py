"""A variable that cannot be used is named, with what was expected of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from doelenboom import settings as module
from doelenboom.errors import RefusedError
from doelenboom.memory import memory_of_machine
from doelenboom.settings import Settings, load_settings


@pytest.fixture(autouse=True)
def _read_anew() -> Iterator[None]:
    load_settings.cache_clear()
    yield
    load_settings.cache_clear()


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("MEMORY_LIMIT", "veel", "'veel': expected a number and a unit, such as 2GB"),
        ("MEMORY_LIMIT", "2", "'2': expected a number and a unit, such as 2GB"),
        ("THREADS", "many", "'many': Input should be a valid integer"),
        ("THREADS", "0", "'0': Input should be greater than or equal to 1"),
        ("KEEP_RELEASES", "0", "'0': Input should be greater than or equal to 1"),
        ("KEEP_RELEASES", "a month", "'a month': Input should be a valid integer"),
        ("DATA_DIR", "~nobody-of-this-name/x", "'~nobody-of-this-name/x': Could not determine"),
    ],
)
def test_a_value_that_cannot_be_used_is_refused_by_name(
    name: str, value: str, sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"DOELENBOOM_{name}", value)
    with pytest.raises(RefusedError) as refusal:
        load_settings()
    assert str(refusal.value).startswith(f"DOELENBOOM_{name} is {sentence}")


@pytest.mark.parametrize("value", ["2GB", "2 gb", "0.5TiB", "800MB"])
def test_memory_is_a_number_and_a_unit(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
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
    assert (Settings().threads, Settings(threads=5).threads) == (3, 5)
