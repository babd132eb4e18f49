"""A night is on record as it begins and ends; what is wrong is told once, and so is its end."""

import json
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from doelenboom.cli import execute
from doelenboom.errors import RefusedError
from doelenboom.lock import only_writer
from doelenboom.nights import Incident, Night, last_night, record_night, recorded
from doelenboom.settings import Settings, load_settings
from tests.listener import Listener
from tests.made_release import make_release

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def listener() -> Iterator[Listener]:
    made = Listener()
    yield made
    made.server.shutdown()


@pytest.fixture
def settings(tmp_path: Path, listener: Listener) -> Settings:
    return Settings.model_validate({"data_dir": tmp_path, "alert_url": listener.url})


def night(settings: Settings, failure: str | None = None, stale: tuple[str, ...] = ()) -> None:
    """Run a night that finds sources stale, or fails."""
    try:
        with recorded(settings) as found:
            found.stale = stale
            if failure:
                raise RefusedError(failure)
    except RefusedError:
        assert failure


def test_a_failure_is_told_once_however_long_it_lasts_and_once_that_it_is_over(
    settings: Settings, listener: Listener
) -> None:
    night(settings)
    assert listener.heard == []
    night(settings, "seed a is refused")
    night(settings, "seed b is refused")
    assert listener.told() == [("incident", "night", "seed a is refused")]
    known = last_night(settings.night_file)
    assert known is not None
    assert known.incidents["night"].what == "seed b is refused"
    night(settings)
    night(settings)
    assert listener.told()[1:] == [("recovered", "night", "seed b is refused")]
    assert listener.heard[0]["since"] == listener.heard[1]["since"]
    assert listener.heard[0]["readers_see"] is None
    night(settings, "seed a is refused")
    assert len(listener.heard) == 3


def test_a_stale_source_is_an_incident_of_its_own(settings: Settings, listener: Listener) -> None:
    night(settings, stale=("cbs iv3: last asked long ago",))
    night(settings, "the disk is full", stale=("cbs iv3: last asked long ago",))
    night(settings, stale=("cbs iv3: last asked long ago",))
    assert listener.told() == [
        ("incident", "sources", "cbs iv3: last asked long ago"),
        ("incident", "night", "the disk is full"),
        ("recovered", "night", "the disk is full"),
    ]


def test_who_could_not_be_told_is_told_by_the_next_night(
    settings: Settings, listener: Listener, caplog: pytest.LogCaptureFixture
) -> None:
    listener.status = 500
    night(settings, "seed a is refused")
    assert "127.0.0.1 was not told of it: HTTPStatusError" in caplog.text
    assert "secret" not in caplog.text
    listener.status = 204
    night(settings, "seed a is refused")
    assert listener.told() == [("incident", "night", "seed a is refused")]


def test_what_nobody_heard_of_is_not_told_to_be_over(
    settings: Settings, listener: Listener
) -> None:
    listener.status = 500
    night(settings, "seed a is refused")
    listener.status = 204
    night(settings)
    assert listener.heard == []


@pytest.mark.parametrize("failure", [None, "the disk is full"])
def test_a_night_that_was_killed_is_told_as_the_next_begins(
    settings: Settings, listener: Listener, failure: str | None
) -> None:
    record_night(settings.night_file, Night(datetime(2026, 11, 28, 3, 15, tzinfo=UTC)))
    with recorded(settings) as found:
        assert listener.told() == [("incident", "night", "its process ended without a word")]
        assert listener.heard[0]["since"] == "2026-11-28T03:15:00+00:00"
        found.failure = failure
    over = [] if failure else [("recovered", "night", "its process ended without a word")]
    assert listener.told()[1:] == over


def test_a_night_within_a_night_is_one(settings: Settings, listener: Listener) -> None:
    with recorded(settings) as outer:
        with recorded(settings) as inner:
            inner.failure = "told by the outer one alone"
        outer.failure = "seed a is refused"
    assert listener.told() == [("incident", "night", "seed a is refused")]


def test_who_reports_hears_of_a_night_as_it_began_and_ended_with_what_readers_saw(
    settings: Settings,
) -> None:
    told: list[tuple[Night, Night]] = []
    earlier = datetime(2026, 11, 28, 3, 15, tzinfo=UTC)
    record_night(settings.night_file, Night(earlier, release="told of before"))  # was killed
    with recorded(settings, lambda began, ended: told.append((began, ended))):
        with recorded(settings, lambda began, ended: told.append((began, ended))):
            pass
        assert told == []
    ((began, ended),) = told
    assert (began.release, ended.release) == ("told of before", None)
    assert began.incidents.keys() == {"night"} and not ended.incidents
    assert last_night(settings.night_file) == ended


@pytest.mark.parametrize("text", ["", "[" * 200_000, "{}", '{"began": 1}', "\0"])
def test_a_damaged_record_counts_as_none(text: str, settings: Settings) -> None:
    settings.night_file.parent.mkdir(parents=True)
    settings.night_file.write_text(text)
    assert last_night(settings.night_file) is None
    night(settings)
    assert last_night(settings.night_file) is not None


def test_an_address_that_cannot_be_one_is_refused_and_not_shown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DOELENBOOM_ALERT_URL", "ftp://user:secret@host/")
    load_settings.cache_clear()
    with pytest.raises(RefusedError, match="DOELENBOOM_ALERT_URL cannot be used") as refused:
        load_settings()
    assert "secret" not in str(refused.value)
    load_settings.cache_clear()


@pytest.fixture
def published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Settings]:
    """A data folder with a release, whose last night ended well just now."""
    monkeypatch.setenv("DOELENBOOM_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    load_settings.cache_clear()
    settings = load_settings()
    settings.published_dir.mkdir()
    settings.published.write_bytes(b"a database")
    make_release(settings.published)
    record_night(settings.night_file, Night(_ago(hours=1), _ago(minutes=50)))
    yield settings
    load_settings.cache_clear()


def _ago(**time: float) -> datetime:
    return datetime.now(UTC) - timedelta(**time)


def lines(capsys: Captured, code: int) -> dict[str, dict[str, Any]]:
    assert execute(["status", "--format", "json"]) == code
    return {line["what"]: line for line in json.loads(capsys.readouterr().out)}


def test_all_is_well(published: Settings, capsys: Captured) -> None:
    told = lines(capsys, 0)
    assert [line["is_well"] for line in told.values()] == [True] * 3
    assert told["last night"]["told"] == "ended well"


def _never(settings: Settings) -> None:
    settings.night_file.unlink()


def _failed(settings: Settings) -> None:
    failed = Incident(_ago(days=3), "seed a is refused", told=True)
    record_night(settings.night_file, Night(_ago(hours=1), _ago(hours=1), {"night": failed}))


def _long_ago(settings: Settings) -> None:
    record_night(settings.night_file, Night(_ago(hours=31), _ago(hours=30.5)))


def _killed(settings: Settings) -> None:
    record_night(settings.night_file, Night(_ago(hours=1)))


@pytest.mark.parametrize(
    ("what", "change", "told"),
    [
        ("last night", _never, "no night is on record"),
        ("last night", _failed, "failed: seed a is refused"),
        ("last night", _long_ago, "none since the one that ended then"),
        ("last night", _killed, "failed: its process ended without a word"),
        ("published", lambda s: s.published.unlink(), "nothing is published yet"),
        (
            "published",
            lambda s: s.published.write_bytes(b"b database"),
            "is not as it was sealed",
        ),
    ],
)
def test_what_is_not_well_is_told_with_exit_code_1(
    what: str,
    change: Callable[[Settings], None],
    told: str,
    published: Settings,
    capsys: Captured,
) -> None:
    change(published)
    found = lines(capsys, 1)
    assert told in found[what]["told"]
    assert [name for name, line in found.items() if not line["is_well"]] == [what]


def test_a_night_under_way_is_no_fault(published: Settings, capsys: Captured) -> None:
    record_night(published.night_file, Night(_ago(minutes=1)))
    answers: list[dict[str, dict[str, Any]]] = []
    with only_writer(published.state_dir):
        asking = threading.Thread(target=lambda: answers.append(lines(capsys, 0)))
        asking.start()
        asking.join()
    assert answers[0]["last night"]["told"] == "is under way"
