"""How long releases are kept: which ones go, and how one goes without ever being half there.

Kept is what readers saw in the last days, what they saw at the end of each calendar month, the
current release and the one promoted before it.
"""

import os
import shutil
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from doelenboom.publication.reading.history import published_periods
from doelenboom.publication.reading.promotions import Promotion
from doelenboom.publication.release_times import moment_of, month_of
from doelenboom.storage.files import refusing, sync

RETIRED_NAME = "retired"
"""The folder in the workspace that releases are moved to, to be deleted there."""


def releases_to_remove(
    release_ids: Collection[str], known: Sequence[Promotion], now: datetime, keep_days: int
) -> list[str]:
    """Choose the releases to remove, sorted.

    Kept are those made or current in the last `keep_days` days before `now`, the last one
    promoted in each calendar month (Amsterdam), and the two promoted last. A release without
    a promotion was never published, but for those older than the record itself, which count as
    published when made.
    """
    since = now - timedelta(days=keep_days)
    recent = {name for name in release_ids if moment_of(name) >= since}
    seen = {
        period.release_id
        for period in published_periods(known)
        if not period.until or period.until >= since
    }
    older = [name for name in release_ids if not known or moment_of(name) < known[0].promoted]
    recorded = {promotion.release_id for promotion in known}
    month_ends = {month_of(moment_of(name)): name for name in sorted(older) if name not in recorded}
    month_ends |= {month_of(promotion.promoted): promotion.release_id for promotion in known}
    last_two = {promotion.release_id for promotion in known[-2:]}
    return sorted(set(release_ids) - recent - seen - set(month_ends.values()) - last_two)


def remove_releases(releases_dir: Path, release_ids: Iterable[str], workspace: Path) -> None:
    """Remove releases: each leaves `releases_dir` in one rename and is deleted in the workspace.

    A reader that has a file of one open goes on reading. Raises RefusedError naming the one
    that could not be moved or deleted.
    """
    retired = workspace / RETIRED_NAME
    clear_retired(workspace)
    for release_id in release_ids:
        with refusing(f"Release {release_id} cannot be removed"):
            retired.mkdir(parents=True, exist_ok=True)
            os.rename(releases_dir / release_id, retired / release_id)
            sync(releases_dir)
    clear_retired(workspace)


def clear_retired(workspace: Path) -> None:
    """Delete what was moved out of the releases and, after a crash, not deleted yet."""
    retired = workspace / RETIRED_NAME
    with refusing(f"What was removed cannot be deleted from {retired}"):
        if retired.exists():
            shutil.rmtree(retired)
