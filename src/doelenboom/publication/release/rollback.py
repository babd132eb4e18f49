"""Going back: a release that was published before becomes what readers open again.

The caller holds the lock of the only writer.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from doelenboom.publication.manifest import DATABASE_NAME, Release
from doelenboom.publication.reading.releases import RELEASES_NAME, current_release, find_release
from doelenboom.publication.reading.sealed import held_to_seal
from doelenboom.publication.release.promote import promote
from doelenboom.publication.release.site import show_site


@dataclass(frozen=True)
class Rollback:
    """What readers see `now` and what they saw `before`; None when that was no whole release."""

    now: Release
    before: Release | None

    @property
    def changed(self) -> bool:
        """Whether readers see another release than before."""
        return self.before is None or self.before.release_id != self.now.release_id

    @property
    def backward(self) -> bool:
        """Whether the release before is a later one, which is now rolled back from."""
        return self.before is not None and self.before.release_id > self.now.release_id


def roll_back(release_id: str, published_dir: Path, now: datetime) -> Rollback:
    """Promote an earlier release, or a later one that was rolled back from, and record it.

    Nothing happens when it is current already. Raises RefusedError for an id that no release
    has and for a database that is not what was sealed; what is published stays as it is then.
    """
    releases_dir = published_dir / RELEASES_NAME
    published = published_dir / DATABASE_NAME
    release = held_to_seal(find_release(releases_dir, release_id))
    outcome = Rollback(release, current_release(published, releases_dir))
    if outcome.changed:
        promote(release, published, now)
        show_site(release, published_dir)
    return outcome
