"""Where the reports of nights are: a page and the same as text for each, under `state/reports/`.

Named by when the night ended, in UTC, which no change of the clock makes ambiguous. What a report
says is for whoever writes it.
"""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from doelenboom.publication.release_times import next_second
from doelenboom.storage.files import replace_text

KEEP = timedelta(days=90)
"""How long a report is kept, and what Dagster knows of the run."""

LATEST = "latest.html"
_NAME = "%Y-%m-%d-%H%M%SZ"


def write_report(folder: Path, ended: datetime, page: str, text: str) -> Path:
    """Write the report of a night that ended then, remove those too old; return where the page is.

    Raises OSError when the disk fails: the reports before are as they were.
    """
    folder.mkdir(parents=True, exist_ok=True)
    known = _moments(folder)
    moment = next_second(ended, max(known, default=None))
    path = folder / f"{moment:{_NAME}}.html"
    replace_text(path.with_suffix(".txt"), text)
    replace_text(path, page)
    replace_text(folder / LATEST, page)
    for old, files in known.items():
        if old < moment - KEEP:
            for file in files:
                file.unlink(missing_ok=True)
    return path


def newest_report(folder: Path) -> Path | None:
    """Find the page of the newest report; None where there is none. Raises OSError."""
    known = _moments(folder)
    pages = (folder / f"{moment:{_NAME}}.html" for moment in sorted(known, reverse=True))
    return next((page for page in pages if page.is_file()), None)


def _moments(folder: Path) -> dict[datetime, list[Path]]:
    """Give the files of each report by its moment; what has another name is not ours."""
    found: dict[datetime, list[Path]] = {}
    for path in folder.iterdir() if folder.is_dir() else ():
        try:
            moment = datetime.strptime(path.stem, _NAME).replace(tzinfo=UTC)
        except ValueError:
            continue
        found.setdefault(moment, []).append(path)
    return found
