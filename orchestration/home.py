"""Dagster's own home: what it may keep and send, and how much at once.

It is SQLite under `state/`, or PostgreSQL where `DOELENBOOM_DAGSTER_POSTGRES_URL` says so.
Telemetry and the welcome dialog are off, one run writes at a time, a run whose process is gone is
noticed, and what Dagster keeps of the schedule ends. Output of steps is not
copied to files: dbt and the runs have logs of their own, and copying costs a process per
step.
"""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import yaml

from doelenboom.settings import PREFIX, Settings

KEEP_TICKS_DAYS = 30

CONFIGURATION = {
    "telemetry": {"enabled": False},
    "nux": {"enabled": False},
    "concurrency": {
        "pools": {"default_limit": 1, "granularity": "run"},
        "runs": {"max_concurrent_runs": 1},
    },
    "run_monitoring": {"enabled": True},
    "retention": {
        "schedule": {"purge_after_days": KEEP_TICKS_DAYS},
        "sensor": {"purge_after_days": KEEP_TICKS_DAYS},
    },
    "python_logs": {"python_log_level": "INFO"},
    "compute_logs": {
        "module": "dagster._core.storage.noop_compute_log_manager",
        "class": "NoOpComputeLogManager",
    },
}


def set_aside_damaged(settings: Settings) -> list[str]:
    """Rename databases of Dagster's that are damaged, and say in a sentence each which they were.

    They hold its book-keeping of runs, not figures: it makes new ones. The caller holds the lock
    of the only writer.
    """
    found = sorted((settings.state_dir / "dagster").rglob("*.db"))
    return [_set_aside(path) for path in found if not _is_sound(path)]


def _is_sound(path: Path) -> bool:
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=rw", uri=True)) as connection:
            found = connection.execute("pragma quick_check(1)").fetchall()
    except sqlite3.DatabaseError:
        return False
    return found == [("ok",)]


def _set_aside(path: Path) -> str:
    """Rename a database; its log goes, of which no other database may take a page."""
    aside = path.with_name(f"{path.name}.damaged-{datetime.now(UTC):%Y%m%dT%H%M%SZ}")
    path.rename(aside)
    for suffix in ("-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    return (
        f"{path} was damaged and is now {aside.name}; Dagster's record of earlier runs begins anew"
    )


def prepare_home(settings: Settings) -> Path:
    """Write `state/dagster/dagster.yaml` and return the folder, Dagster's home."""
    home = settings.state_dir / "dagster"
    home.mkdir(parents=True, exist_ok=True)
    stored = _postgres() if settings.dagster_postgres_url else _files(home)
    configuration = {**CONFIGURATION, **stored}
    text = "# Written at every start by orchestration/home.py.\n" + yaml.safe_dump(configuration)
    path = home / "dagster.yaml"
    if not path.is_file() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")
    return home


def _postgres() -> dict[str, object]:
    """Name the variable that has the address: the address itself is a secret, and in no file."""
    return {"storage": {"postgres": {"postgres_url": {"env": f"{PREFIX}DAGSTER_POSTGRES_URL"}}}}


def _files(home: Path) -> dict[str, object]:
    """Name the folders that Dagster uses by itself; its event log keeps its connections."""
    return {
        "event_log_storage": {
            "module": "orchestration.event_log",
            "class": "KeptOpenEventLogStorage",
            "config": {"base_dir": str(home / "history" / "runs")},
        },
        "run_storage": {
            "module": "dagster._core.storage.runs",
            "class": "SqliteRunStorage",
            "config": {"base_dir": str(home / "history")},
        },
        "schedule_storage": {
            "module": "dagster._core.storage.schedules",
            "class": "SqliteScheduleStorage",
            "config": {"base_dir": str(home / "schedules")},
        },
    }
