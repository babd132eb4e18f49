"""Dagster's own home: what it may keep and send, and how much at once.

Telemetry and the welcome dialog are off, one run writes at a time, a run whose process is gone is
noticed, and what Dagster keeps of the schedule ends. Output of steps is not
copied to files: dbt and the runs have logs of their own, and copying costs a process per
step.
"""

from pathlib import Path

import yaml

from doelenboom.settings import Settings

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


def prepare_home(settings: Settings) -> Path:
    """Write `state/dagster/dagster.yaml` and return the folder, Dagster's home."""
    home = settings.state_dir / "dagster"
    home.mkdir(parents=True, exist_ok=True)
    configuration = {**CONFIGURATION, **_storage(home)}
    text = "# Written at every start by orchestration/home.py.\n" + yaml.safe_dump(configuration)
    path = home / "dagster.yaml"
    if not path.is_file() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")
    return home


def _storage(home: Path) -> dict[str, object]:
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
