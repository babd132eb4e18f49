"""The record of promotions, read: which release became what readers open, and when.

`promotions.jsonl` stands beside the published file: a line of JSON per promotion, oldest first.
It keeps what a later night asks of a release that retention has removed. Written in
`release.record`.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from doelenboom.errors import RefusedError
from doelenboom.publication.manifest import Release, origin
from doelenboom.publication.release_times import is_release_id
from doelenboom.storage.documents import read_as
from doelenboom.storage.files import refusing

RECORD_NAME = "promotions.jsonl"


@dataclass(frozen=True)
class Promotion:
    """A release became what readers open: `promoted` in UTC, by the second.

    `content_hash` is that of the release, `origin` the hash of its input files and commit.
    """

    release_id: str
    promoted: datetime
    content_hash: str
    origin: str


def promotion_of(release: Release, promoted: datetime) -> Promotion:
    """Say of a release what the record keeps."""
    made_from = origin(release.inputs, release.commit)
    return Promotion(release.release_id, promoted, release.content_hash, made_from)


def read_record(published_dir: Path) -> tuple[Promotion, ...]:
    """Read the record, oldest first; empty when there is none.

    Raises RefusedError naming the line that is no promotion, or not later than the one before.
    """
    path = published_dir / RECORD_NAME
    if not path.is_file():
        return ()
    with refusing(f"{path} cannot be read"):
        lines = path.read_bytes().splitlines()
    found: list[Promotion] = []
    for number, line in enumerate(lines, start=1):
        promotion = _read_line(line, f"{path}, line {number}")
        if found and promotion.promoted <= found[-1].promoted:
            raise RefusedError(f"{path}, line {number} is not later than the line before it")
        found.append(promotion)
    return tuple(found)


def _read_line(line: bytes, place: str) -> Promotion:
    try:
        promotion = read_as(Promotion, line)
    except ValueError as error:
        raise RefusedError(f"{place} is not a promotion: {error}") from error
    if promotion.promoted.tzinfo is None or not is_release_id(promotion.release_id):
        raise RefusedError(f"{place} is not a promotion of a release at a time with a zone")
    return promotion
