"""What stands beside the published file and follows it: the Parquet files, and a signal.

`parquet/<table>.parquet` is a stable address of each table; `latest.json` says which release stands
and is written last, so that who waits for it finds all else in place.
"""

import os
from datetime import datetime
from pathlib import Path
from typing import Any

from doelenboom.errors import RefusedError
from doelenboom.publication.manifest import DATABASE_NAME, Release, parquet_path
from doelenboom.publication.reading.history import promotions
from doelenboom.publication.reading.releases import RELEASES_NAME, current_release
from doelenboom.publication.release_times import utc_text
from doelenboom.storage.files import point_to, read_json, refusing, sync, write_json

LATEST_NAME = "latest.json"
PARQUET_NAME = "parquet"


def follow(published_dir: Path) -> None:
    """Let what stands beside the published file be that of its release; all is so already, or not.

    Raises RefusedError when the disk fails; the next run goes on with it then.
    """
    current = current_release(published_dir / DATABASE_NAME, published_dir / RELEASES_NAME)
    if current is None or _announced(published_dir) == current.release_id:
        return
    promoted = promotions(published_dir)[-1].promoted
    with refusing(f"Release {current.release_id} is promoted; the next run will announce it"):
        point_to(
            published_dir / PARQUET_NAME, Path(RELEASES_NAME, current.release_id, PARQUET_NAME)
        )
        prepared = announcing_path(published_dir)
        write_json(prepared, announcement(current, promoted))
        prepared.chmod(0o644)
        sync(prepared)
        os.replace(prepared, published_dir / LATEST_NAME)
        sync(published_dir)


def announcement(release: Release, promoted: datetime) -> dict[str, Any]:
    """Say what a reader needs of the release that stands: where each file is, and its SHA-256."""
    return {
        "release_id": release.release_id,
        "promoted": utc_text(promoted),
        "run_date": release.run_date.isoformat(),
        "content_hash": release.content_hash,
        "database": {"path": DATABASE_NAME, "sha256": release.database_sha256},
        "tables": [
            {
                "name": table.name,
                "rows": table.rows,
                "content_sha256": table.sha256,
                "path": parquet_path(table.name),
                "parquet_sha256": release.parquet_sha256[table.name],
            }
            for table in release.tables
        ],
    }


def announcing_path(published_dir: Path) -> Path:
    """Say where the next signal is prepared; nothing is left there but by a crash."""
    return published_dir / f".{LATEST_NAME}.preparing"


def _announced(published_dir: Path) -> str | None:
    """Read which release is announced; a signal that is missing or damaged announces none."""
    try:
        return str(read_json(published_dir / LATEST_NAME).get("release_id"))
    except RefusedError:
        return None
