"""Promoting a release to what readers open, in one replace, put on record.

Whatever interrupts it leaves the published file as it was, or as it is to be.
"""

import os
from datetime import UTC, datetime
from pathlib import Path

from doelenboom.publication.manifest import Release
from doelenboom.publication.reading.history import promotions
from doelenboom.publication.reading.promotions import promotion_of
from doelenboom.publication.release.following import follow
from doelenboom.publication.release.record import prepare_record, put_in_place
from doelenboom.publication.release_times import next_second
from doelenboom.storage.files import link_or_copy, make_public, refusing


def promote(release: Release, published: Path, now: datetime | None = None) -> None:
    """Make a release what readers open, in one atomic step, and record that it is.

    `published` becomes a hard link to the database of the release, or a read-only copy where
    the file system has no links; a stale write-ahead log beside it, which would make every
    open fail, is removed first. `now` is the moment that is recorded, the clock's unless given:
    by the second, and later than the promotion before. Raises `RefusedError`, with `published`
    as it was; after the step itself only where the record cannot get its name or what follows
    the published file cannot (`following`), and says so.
    """
    temporary = promoting_path(published)
    with refusing(f"Release {release.release_id} cannot be promoted, {published} stays as it is"):
        make_public(published.parent)
        temporary.unlink(missing_ok=True)
        try:
            link_or_copy(release.database, temporary)
            record = _prepared_record(release, published.parent, now or datetime.now(UTC))
            published.with_name(published.name + ".wal").unlink(missing_ok=True)
            os.replace(temporary, published)
        finally:
            # A replace between two links of one file does nothing and keeps both names.
            temporary.unlink(missing_ok=True)
    with refusing(f"Release {release.release_id} is promoted; the next run will record it"):
        put_in_place(record)
    follow(published.parent)


def promoting_path(published: Path) -> Path:
    """Say under which name the next published file waits; nothing is left there but by a crash."""
    return published.with_name(f".{published.name}.promoting")


def _prepared_record(release: Release, published_dir: Path, now: datetime) -> Path:
    """Write the record with this promotion, unless the release is promoted last already."""
    known = promotions(published_dir)
    if not known or known[-1].release_id != release.release_id:
        moment = next_second(now, known[-1].promoted if known else None)
        known = (*known, promotion_of(release, moment))
    return prepare_record(published_dir, known)
