"""When each dataset of a source was last asked, and whether what is landed is still fresh.

The record of attempts is one JSON file under `state/attempts/`; it says nothing about figures.
"""

import json
import logging
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from doelenboom.storage.documents import read_as
from doelenboom.storage.files import replace_text

STALE_AFTER = timedelta(days=7)
"""A dataset that no question about it succeeded for this long is stale: a week of nights."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Attempt:
    """The last question about a dataset: when it was last answered, and why not if it failed.

    `answered_on` is null when it never was; `failure` is one sentence, or null.
    """

    answered_on: date | None
    failure: str | None


@dataclass(frozen=True)
class Freshness:
    """What readers are told of a dataset."""

    dataset: str
    status: Literal["pass", "warn"]
    observed: str
    expected: str


def read_attempts(path: Path) -> dict[str, Attempt]:
    """Read the record of attempts, by dataset; nothing when there is none yet.

    A file that is damaged counts as none, with a warning that names it: the next fetch writes a
    new one, and until then each dataset is told to be stale.
    """
    if not path.is_file():
        return {}
    try:
        return read_as(dict[str, Attempt], path.read_bytes())
    except ValueError as error:
        logger.warning("%s is damaged and counts as none: %s", path, error)
        return {}


def record_attempts(path: Path, failures: Mapping[str, str | None]) -> None:
    """Add the outcome of a fetch to the record: a sentence per dataset that failed, else None."""
    attempts = read_attempts(path)
    today = datetime.now(UTC).date()
    for name, failure in failures.items():
        before = attempts.get(name, Attempt(None, None)).answered_on
        attempts[name] = Attempt(before if failure else today, failure)
    rows = {name: asdict(attempt) for name, attempt in sorted(attempts.items())}
    replace_text(path, json.dumps(rows, default=date.isoformat, indent=1))


def judge_freshness(
    attempts: Mapping[str, Attempt],
    landed: Iterable[str],
    today: date,
    overdue: Mapping[str, str] = MappingProxyType({}),
) -> list[Freshness]:
    """Judge every dataset that was asked for or is landed, sorted by name.

    `overdue` has, by dataset, what its source should have published and did not, in one clause.
    The words hold no time of day and no cause: they change when the state does.
    """
    landed = frozenset(landed)
    return [
        _judge(
            name,
            attempts.get(name, Attempt(None, None)),
            name in landed,
            today,
            overdue.get(name),
        )
        for name in sorted({*attempts, *landed})
    ]


def _judge(
    name: str, attempt: Attempt, is_landed: bool, today: date, overdue: str | None
) -> Freshness:
    expected = f"asked with success in the last {STALE_AFTER.days} days"
    used = "what was landed before is used" if is_landed else "nothing is landed"
    if attempt.failure:
        observed = f"the last question failed; {used}"
    elif attempt.answered_on is None:
        observed = f"no question is on record; {used}"
    elif today - attempt.answered_on > STALE_AFTER:
        observed = f"last asked on {attempt.answered_on.isoformat()}; {used}"
    elif overdue:
        observed = f"{overdue}; {used}"
    else:
        return Freshness(name, "pass", expected, expected)
    return Freshness(name, "warn", observed, expected)
