"""What readers saw when: the record of promotions, read together with the releases there are.

The one place that says which release was current at a moment, which was gone back from, and
what may therefore not be published again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import zip_longest
from pathlib import Path

from doelenboom.errors import RefusedError
from doelenboom.publication.manifest import DATABASE_NAME, Release, read_release
from doelenboom.publication.reading.promotions import Promotion, promotion_of, read_record
from doelenboom.publication.reading.releases import RELEASES_NAME, current_release
from doelenboom.publication.release_times import next_second, utc_text
from doelenboom.storage.files import refusing

NOTHING_PUBLISHED = "nothing is published yet: run `doelenboom run` first"


@dataclass(frozen=True)
class PublishedPeriod:
    """A stretch of time in which one release was what readers open.

    `until` is None for the release that is current; `rolled_back` says that the stretch ended
    with an earlier release in its place.
    """

    promotion: Promotion
    until: datetime | None
    rolled_back: bool

    @property
    def release_id(self) -> str:
        """The release that was current."""
        return self.promotion.release_id


def promotions(published_dir: Path) -> tuple[Promotion, ...]:
    """List all promotions, oldest first: those recorded, and the one a crash left unrecorded.

    That one is the release which is published and not the last recorded; its moment is that of
    the last change to the published file's place on disk. Raises RefusedError for a damaged
    record.
    """
    recorded = read_record(published_dir)
    published = published_dir / DATABASE_NAME
    current = current_release(published, published_dir / RELEASES_NAME)
    if current is None or (recorded and recorded[-1].release_id == current.release_id):
        return recorded
    with refusing(f"{published} cannot be read"):
        changed = datetime.fromtimestamp(published.stat().st_ctime, UTC)
    moment = next_second(changed, recorded[-1].promoted if recorded else None)
    return (*recorded, promotion_of(current, moment))


def published_periods(known: Sequence[Promotion]) -> list[PublishedPeriod]:
    """Say of each promotion until when its release was current, oldest first."""
    return [
        PublishedPeriod(
            promotion,
            following.promoted if following else None,
            following is not None and following.release_id < promotion.release_id,
        )
        for promotion, following in zip_longest(known, known[1:])
    ]


def rolled_back(known: Sequence[Promotion]) -> list[Promotion]:
    """List the promotions of releases that were rolled back from and not promoted since."""
    rejected: dict[str, Promotion] = {}
    for period in published_periods(known):
        rejected.pop(period.release_id, None)
        if period.rolled_back:
            rejected[period.release_id] = period.promotion
    return list(rejected.values())


def held_back(published_dir: Path, origin: str, content_hash: str | None = None) -> str | None:
    """Name the release that was rolled back from and would be published again, or None.

    It is one made from the same input files and commit (`origin`) and, where `content_hash` is
    given, with the same content. Raises RefusedError for a damaged record.
    """
    for promotion in reversed(rolled_back(promotions(published_dir))):
        if promotion.origin == origin and content_hash in (None, promotion.content_hash):
            return promotion.release_id
    return None


def release_as_of(published_dir: Path, moment: datetime) -> Release:
    """Find the release that readers saw at a moment with a zone.

    Raises RefusedError before the first promotion, and when the release was removed since,
    naming the nearest ones that are kept.
    """
    known = promotions(published_dir)
    if not known:
        raise RefusedError(NOTHING_PUBLISHED)
    earlier = [promotion for promotion in known if promotion.promoted <= moment]
    if not earlier:
        raise RefusedError(
            f"no release was published by {utc_text(moment)} as far as is recorded: the first was"
            f" {known[0].release_id}, at {utc_text(known[0].promoted)}"
        )
    wanted = earlier[-1]
    if not _is_kept(published_dir, wanted):
        raise RefusedError(_removed(published_dir, wanted, known))
    return read_release(published_dir / RELEASES_NAME / wanted.release_id)


def _is_kept(published_dir: Path, promotion: Promotion) -> bool:
    return (published_dir / RELEASES_NAME / promotion.release_id).is_dir()


def _removed(published_dir: Path, wanted: Promotion, known: Sequence[Promotion]) -> str:
    kept = [promotion for promotion in known if _is_kept(published_dir, promotion)]
    before = [promotion for promotion in kept if promotion.promoted < wanted.promoted][-1:]
    after = [promotion for promotion in kept if promotion.promoted > wanted.promoted][:1]
    nearest = [f"{each.release_id} of {utc_text(each.promoted)}" for each in (*before, *after)]
    return (
        f"release {wanted.release_id}, published at {utc_text(wanted.promoted)}, is no longer kept;"
        f" the nearest that are: {' and '.join(nearest) or 'none'}"
    )
