"""What has been released: the list, the current one, and what earlier validations said.

Reads `published/` and `releases/`; changes nothing there.
"""

import logging
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from doelenboom.errors import RefusedError
from doelenboom.publication.manifest import Release, read_release
from doelenboom.publication.reading.promotions import read_record
from doelenboom.publication.release_times import is_release_id
from doelenboom.storage.files import read_json, refusing, sha256_file

RELEASES_NAME = "releases"
"""The folder beside the published file that holds the releases, and nothing else."""

VALIDATION_NAME = "validation.json"
HISTORY_RUN_DATES = 400
"""How many run dates the history of validation goes back: a year of nights, and a month."""

READ_FIELDS = {
    "results": ("check_name", "subject", "status"),
    "history": ("check_name", "subject", "status", "run_date"),
}
"""What a next release reads of each row of an earlier `validation.json`."""

logger = logging.getLogger(__name__)

Check = Mapping[str, Any]
"""A check's result: at least `check_name`, `subject` and `status`; `since` where known."""


def list_releases(releases_dir: Path) -> list[Release]:
    """List the releases, newest first; none when there is no such folder.

    A folder whose manifest is missing or damaged is left out with a warning that names it: an
    old release that broke must stop neither the night nor a reader. Raises `RefusedError`
    when `releases_dir` itself cannot be read.
    """
    names = reversed(release_ids(releases_dir))
    found = (_release_or_none(releases_dir / name) for name in names)
    return [release for release in found if release is not None]


def release_ids(releases_dir: Path) -> list[str]:
    """Name what stands under the name of a release, oldest first, damaged ones included.

    Raises `RefusedError` when `releases_dir` cannot be read.
    """
    if not releases_dir.is_dir():
        return []
    with refusing(f"{releases_dir} cannot be read"):
        return sorted(path.name for path in releases_dir.iterdir() if is_release_id(path.name))


def find_release(releases_dir: Path, release_id: str) -> Release:
    """Find a release by its id.

    Raises `RefusedError` for an id that no release has, and for a damaged release.
    """
    folder = releases_dir / release_id
    if not is_release_id(release_id) or not folder.is_dir():
        raise RefusedError(f"there is no release {release_id}: `doelenboom releases` lists them")
    return read_release(folder)


def _release_or_none(folder: Path) -> Release | None:
    try:
        return read_release(folder)
    except RefusedError as error:
        _warn(f"A release is left out: {error}")
        return None


@cache
def _warn(sentence: str) -> None:
    """Log a sentence once per process: one command reads the releases several times."""
    logger.warning("%s", sentence)


def current_release(published: Path, releases_dir: Path) -> Release | None:
    """Find the release that is published: the same file, else one with the same bytes.

    Of several with the same bytes it is the one recorded last, else the newest.
    None when nothing is published, or a file that no whole release holds. This says which
    release was promoted, not that its bytes are sound: both names are one file, so damage to
    the one is damage to the other, and hashing it would slow every command down. The night
    hashes it (`is_unchanged`) and publishes anew when it is not what was sealed.
    """
    if not published.is_file():
        return None
    releases = list_releases(releases_dir)
    with refusing(f"{published} cannot be read"):
        for release in releases:
            if release.database.is_file() and release.database.samefile(published):
                return release
        sha256 = sha256_file(published)
    same = [release for release in releases if release.database_sha256 == sha256]
    last = [promotion.release_id for promotion in read_record(published.parent)[-1:]]
    return next((release for release in same if release.release_id in last), next(iter(same), None))


def published_release(published: Path, releases_dir: Path) -> Release:
    """Find the release that is published. Raises `RefusedError` where there is none."""
    release = current_release(published, releases_dir)
    if release is None and not published.is_file():
        raise RefusedError("nothing is published yet: run `doelenboom run` first")
    if release is None:
        raise RefusedError(f"{published} is the database of no release in {releases_dir}")
    return release


def previous_validation(releases_dir: Path) -> dict[str, Any]:
    """Read results and history of the newest release's validation; empty lists without one.

    A file that is missing or damaged counts as none, with a warning that names it.
    """
    for release in list_releases(releases_dir)[:1]:
        try:
            return _read_validation(release.folder / VALIDATION_NAME)
        except RefusedError as error:
            _warn(f"The history of checks starts anew: {error}")
    return {"results": [], "history": []}


def _read_validation(path: Path) -> dict[str, Any]:
    """Read a `validation.json`. Raises `RefusedError` when a row lacks what is read of it."""
    document = read_json(path)
    for part, names in READ_FIELDS.items():
        rows = document.get(part)
        if not isinstance(rows, list):
            raise RefusedError(f"{path} has no list of {part}")
        if not all(_is_row(row, names) for row in rows):
            raise RefusedError(f"{path} has a row of {part} that lacks {' or '.join(names)}")
    return document


def _is_row(row: object, names: Iterable[str]) -> bool:
    """Tell whether a row has texts under these names, and a date or nothing as `since`."""
    if not isinstance(row, dict) or not all(isinstance(row.get(name), str) for name in names):
        return False
    try:
        date.fromisoformat(row.get("since") or "2000-01-01")
    except (TypeError, ValueError):
        return False
    return True


def since_dates(
    previous: Iterable[Check], checks: Iterable[Check], run_date: date
) -> list[dict[str, Any]]:
    """Date each result: since when its check has had this status without a break.

    `previous` are the results of the release before, `checks` those of this run. A check of
    the same name and subject with the same status keeps its date; any other starts today.
    """
    before = {(check["check_name"], check["subject"]): check for check in previous}
    return [_dated(before.get((c["check_name"], c["subject"])), c, run_date) for c in checks]


def _dated(before: Check | None, check: Check, run_date: date) -> dict[str, Any]:
    since: object = before.get("since") if before and before["status"] == check["status"] else None
    if isinstance(since, str):
        since = date.fromisoformat(since)
    return {**check, "since": since or run_date}


def validation_document(
    release_id: str, run_date: date, checks: Sequence[Check], history: Sequence[Check]
) -> dict[str, Any]:
    """Write the content of `validation.json`: this run's results, and the history with them.

    The history has one short row per check and run, oldest first, for the last
    `HISTORY_RUN_DATES` run dates.
    """
    today = [
        {
            "release_id": release_id,
            "run_date": run_date.isoformat(),
            "check_name": check["check_name"],
            "subject": check["subject"],
            "status": check["status"],
        }
        for check in checks
    ]
    rows = [*history, *today]
    kept = set(sorted({row["run_date"] for row in rows})[-HISTORY_RUN_DATES:])
    return {
        "release_id": release_id,
        "run_date": run_date.isoformat(),
        "results": [dict(check) for check in checks],
        "history": [row for row in rows if row["run_date"] in kept],
    }
