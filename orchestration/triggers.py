"""What asks for a night: the clock, and the inbox once nobody writes in it any more."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import dagster as dg

from doelenboom.settings import Settings
from doelenboom.sources.inbox.chapters import ACCEPTED, TABLE_ENDINGS, InboxFile, list_inbox
from orchestration.instance import STARTING_UP, close_dead_if_none_lives
from orchestration.naming import NIGHTLY

SCHEDULE_CRON = "15 4 * * *"
"""An hour that comes once on every day of the year: clocks change between two and three."""

TIMEZONE = "Europe/Amsterdam"

QUIET_SECONDS = 60
"""How long the inbox stays the same before one run reads all that came."""


State = Mapping[str, str]
"""The size and time of each file of the inbox, by its name."""


def night_config(refresh: bool, full: bool) -> dict[str, Any]:
    """Say what a night does: ask the live sources first, publish also when nothing changed."""
    return {
        "ops": {
            "sources__cbs": {"config": {"refresh": refresh}},
            "sources__inputs": {"config": {"full": full}},
        }
    }


def build_schedule(settings: Settings, job: Any) -> dg.ScheduleDefinition:
    """Ask for a night at its hour, once the runs that died and would keep it waiting are closed."""

    @dg.schedule(
        job=job,
        name=f"{NIGHTLY}_schedule",
        cron_schedule=SCHEDULE_CRON,
        execution_timezone=TIMEZONE,
        default_status=dg.DefaultScheduleStatus.RUNNING,
    )
    def tick(context: dg.ScheduleEvaluationContext) -> dg.RunRequest:
        close_dead_if_none_lives(settings, context.instance, quiet_for=STARTING_UP)
        return dg.RunRequest(run_config=night_config(refresh=True, full=False))

    return tick


def build_inbox_sensor(settings: Settings, job: Any) -> dg.SensorDefinition:
    """Ask for a run, without asking the sources, when the inbox changed and then stayed the same.

    The cursor remembers the inbox at the last look, and the one that a run was asked for. That a
    run moved away the tables that it took is no change to ask for another run for.
    """

    @dg.sensor(
        job=job,
        name="inbox_sensor",
        minimum_interval_seconds=QUIET_SECONDS,
        default_status=dg.DefaultSensorStatus.RUNNING,
        description="A run when files came into the inbox, changed or went, and all are written.",
    )
    def look(context: dg.SensorEvaluationContext) -> dg.SensorResult:
        now = _state(list_inbox(settings.inbox_dir))
        seen, asked = _remembered(context.cursor)
        if not _has_news(now, asked, settings.inbox_dir / ACCEPTED):
            return _waits(now, now, "Nothing came into the inbox.")
        if now != seen:
            return _waits(now, asked, "The inbox changes; waiting until it stays the same.")
        close_dead_if_none_lives(settings, context.instance, quiet_for=STARTING_UP)
        request = dg.RunRequest(run_config=night_config(refresh=False, full=False))
        return dg.SensorResult(run_requests=[request], cursor=json.dumps([now, now]))

    return look


def _remembered(cursor: str | None) -> tuple[State, State]:
    """Read the inbox at the last look and the last run; a cursor of an older version is none."""
    seen, asked = json.loads(cursor) if cursor else ({}, {})
    return (seen, asked) if isinstance(seen, dict) and isinstance(asked, dict) else ({}, {})


def _has_news(now: State, asked: State, taken: Path) -> bool:
    """Say whether files came, changed or went since a run was asked for, but for tables taken."""
    went = asked.keys() - now.keys()
    return any(asked.get(name) != told for name, told in now.items()) or any(
        not (name.lower().endswith(TABLE_ENDINGS) and (taken / name).exists()) for name in went
    )


def _waits(seen: State, asked: State, why: str) -> dg.SensorResult:
    return dg.SensorResult(skip_reason=why, cursor=json.dumps([seen, asked]))


def _state(files: Iterable[InboxFile]) -> State:
    """Tell one state of the inbox from another: names, sizes and times, no bytes."""
    state = {}
    for file in files:
        try:
            found = file.path.lstat()
        except OSError:
            continue  # it went meanwhile
        state[file.name] = f"{found.st_size} {found.st_mtime_ns}"
    return state
