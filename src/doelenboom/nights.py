"""What came of the last night, what is wrong until one goes well, and who is told of it.

One JSON file under `state/`: no figure and no release depends on it. A message is sent once when
something goes wrong and once when it is over, to the address in `DOELENBOOM_ALERT_URL`.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from doelenboom.alerts import delivered
from doelenboom.errors import LONGEST_SENTENCE, RefusedError, in_one_line
from doelenboom.faults import reason_of
from doelenboom.publication.reading.releases import current_release
from doelenboom.settings import Settings
from doelenboom.storage.documents import read_as
from doelenboom.storage.files import replace_text

NIGHT, SOURCES = "night", "sources"
"""The kinds of what can be wrong: the night itself, and sources that are not as fresh as wanted."""

WHAT_TO_DO = {
    NIGHT: "Readers keep what they saw. docs/runbook.md says what to do by exit code and sentence",
    SOURCES: "Figures landed before are used. docs/runbook.md, 'A source is stale', says more",
}

SILENT = "its process ended without a word"

_under_way: ContextVar[bool] = ContextVar("a night is under way", default=False)


@dataclass(frozen=True)
class Incident:
    """What is wrong since which night, and whether whoever is to be told was."""

    since: datetime
    what: str
    told: bool = False


@dataclass(frozen=True)
class Night:
    """When a night began and ended (UTC), and the incidents that were open then, by their kind.

    `release` is what readers saw as it ended; of a night under way, as the one before it ended.
    """

    began: datetime
    ended: datetime | None = None
    incidents: dict[str, Incident] = field(default_factory=dict)
    release: str | None = None


Reporter = Callable[[Night, Night], None]
"""Is told of a night as it began and as it ended, when it is on record; must not raise."""


@dataclass
class Findings:
    """What a night under way finds out: why it failed, and which sources are stale."""

    failure: str | None = None
    stale: Sequence[str] = ()

    @property
    def wrong(self) -> dict[str, str]:
        """What is wrong by its kind."""
        found = {NIGHT: self.failure or "", SOURCES: "; ".join(self.stale)}
        return {kind: in_one_line(what, LONGEST_SENTENCE) for kind, what in found.items() if what}


def last_night(path: Path) -> Night | None:
    """Read what came of the last night; None where there was none, or it cannot be read."""
    try:
        return read_as(Night, path.read_bytes())
    except (OSError, ValueError):
        return None


@contextmanager
def recorded(
    settings: Settings, report: Reporter = lambda began, ended: None
) -> Iterator[Findings]:
    """Put a night on record as it begins and as it ends, send what is to be told, and report.

    The caller holds the lock of the only writer. Within another one it does nothing: the outermost
    tells. An error passes on, and is what is told of the night. Of one whose process died nobody
    could tell: the next one does as it begins.
    """
    found = Findings()
    if _under_way.get():
        yield found
        return
    before = last_night(settings.night_file)
    seen = (before and before.release) or _readers_see(settings)
    now = datetime.now(UTC)
    known = {
        kind: _told(settings, kind, incident, now) if incident.what == SILENT else incident
        for kind, incident in _known(before).items()
    }
    night = Night(now, incidents=known, release=seen)
    record_night(settings.night_file, night)
    token = _under_way.set(True)
    try:
        yield found
    except BaseException as error:
        stopped = isinstance(error, KeyboardInterrupt)
        found.failure = "it was stopped" if stopped else str(reason_of(error, settings.data_dir))
        raise
    finally:
        _under_way.reset(token)
        ended = _ended(night, found, settings)
        record_night(settings.night_file, ended)
        report(night, ended)


def _known(before: Night | None) -> dict[str, Incident]:
    """Return the open incidents; a night that did not end is one."""
    if before is None:
        return {}
    if before.ended is None and NIGHT not in before.incidents:
        silent = Incident(before.began, SILENT)
        return {**before.incidents, NIGHT: silent}
    return before.incidents


def _ended(night: Night, found: Findings, settings: Settings) -> Night:
    """Close what is over, open what is new, and tell of both."""
    now = datetime.now(UTC)
    open_now = {
        kind: replace(night.incidents.get(kind, Incident(night.began, what)), what=what)
        for kind, what in found.wrong.items()
    }
    for kind, incident in night.incidents.items():
        if kind not in open_now and incident.told:
            _tell(settings, "recovered", kind, incident, now)
    told = {kind: _told(settings, kind, incident, now) for kind, incident in open_now.items()}
    return Night(night.began, now, told, _readers_see(settings))


def _told(settings: Settings, kind: str, incident: Incident, now: datetime) -> Incident:
    """Tell of an incident of which nobody was told yet."""
    if incident.told:
        return incident
    return replace(incident, told=_tell(settings, "incident", kind, incident, now))


def _tell(settings: Settings, event: str, kind: str, incident: Incident, now: datetime) -> bool:
    """Send a message; say whether it arrived. One that does not is sent by the next night."""
    if settings.alert_url is None:
        return False
    url = settings.alert_url.get_secret_value()
    message = {
        "project": "doelenboom",
        "event": event,
        "kind": kind,
        "what": incident.what,
        "since": incident.since.isoformat(timespec="seconds"),
        "at": now.isoformat(timespec="seconds"),
        "readers_see": _readers_see(settings),
        "what_to_do": "Nothing: it is over" if event == "recovered" else WHAT_TO_DO[kind],
    }
    return delivered(url, message)


def _readers_see(settings: Settings) -> str | None:
    try:
        current = current_release(settings.published, settings.releases_dir)
    except RefusedError:
        return None
    return current.release_id if current else None


def record_night(path: Path, night: Night) -> None:
    """Write a night in the place of the one before. Raises `OSError`."""
    replace_text(path, json.dumps(asdict(night), default=datetime.isoformat))
