"""What has landed of CBS: made raw, counted as input, judged for freshness.

Asks nobody.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from doelenboom.landing.delivery import MANIFEST_NAME, Header
from doelenboom.landing.freshness import Freshness, judge_freshness, read_attempts
from doelenboom.landing.store import all_latest
from doelenboom.settings import Settings
from doelenboom.sources.cbs.calendar import overdue
from doelenboom.sources.cbs.datasets import DATASETS, RAW_TABLES
from doelenboom.sources.cbs.declaring import Dataset

if TYPE_CHECKING:
    from doelenboom.raw.parquet import RawFile

SOURCE = "cbs"


def attempts_path(settings: Settings) -> Path:
    """Say where it is kept how the last questions to CBS ended."""
    return settings.attempts_dir / f"{SOURCE}.json"


def refresh_raw(settings: Settings) -> "list[RawFile]":
    """Bring `raw/cbs` in line with what is landed. Raises RefusedError for a damaged landing."""
    from doelenboom.raw.parquet import build_raw

    landed = all_latest(settings.landing_dir, SOURCE)
    return build_raw(landed, settings.raw_dir / SOURCE, RAW_TABLES)


def prepare_raw(settings: Settings) -> None:
    """Make the raw tables that are not there yet, without rows, so that they can be read."""
    from doelenboom.raw.parquet import build_missing

    build_missing(settings.raw_dir / SOURCE, RAW_TABLES)


def landed_manifests(settings: Settings) -> list[Path]:
    """List the manifests of the current deliveries."""
    landed = all_latest(settings.landing_dir, SOURCE)
    return [delivery.folder / MANIFEST_NAME for delivery in landed]


def freshness(settings: Settings) -> list[Freshness]:
    """Judge each dataset that was asked for or is landed, as of today."""
    today = datetime.now(UTC).date()
    attempts = read_attempts(attempts_path(settings))
    landed = [delivery.header for delivery in all_latest(settings.landing_dir, SOURCE)]
    late = {
        dataset.name: overdue(dataset.calendar, _changed(landed, dataset), today)
        for dataset in DATASETS
    }
    return judge_freshness(
        attempts,
        {header.dataset for header in landed},
        today,
        {name: clause for name, clause in late.items() if clause},
    )


def _changed(landed: Iterable[Header], dataset: Dataset) -> dict[int, date]:
    """Say when the source changed the table of each landed year last."""
    return {
        header.year: _day(header.modified)
        for header in landed
        if header.dataset == dataset.name and header.year
    }


def _day(modified: str) -> date:
    """Read the day in the source's word for a state; of one without, nothing can be late."""
    try:
        return date.fromisoformat(modified[:10])
    except ValueError:
        return date.max


def stale_sources(settings: Settings) -> list[str]:
    """Say in one sentence each which datasets are stale, and what CBS did if it failed."""
    attempts = read_attempts(attempts_path(settings))
    stale = [item for item in freshness(settings) if item.status != "pass"]
    failures = {name: attempt.failure for name, attempt in attempts.items()}
    return [
        f"{SOURCE} {item.dataset}: {item.observed}"
        + (f" ({failures[item.dataset]})" if failures.get(item.dataset) else "")
        for item in stale
    ]
