"""What persons judged of chapters: a file per judgement, written once, by the hash of the chapter.

`reviews/<SHA-256 of the chapter>/<moment>.json`. What a judgement does to figures is not known
here.
"""

import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

from doelenboom.errors import RefusedError
from doelenboom.storage.documents import read_as
from doelenboom.storage.files import sync, write_json

FOLDER = "reviews"
MOMENT = "%Y%m%dT%H%M%S%fZ"

Verdict = Literal["correct", "accept", "refuse"]


@dataclass(frozen=True)
class Judgement:
    """One judgement of a chapter.

    Of a correction `table` and `key` say which row, `values` the new text of its columns. `named`
    are the contradictions that were accepted by naming them.
    """

    verdict: Verdict
    chapter: str
    by: str
    on: str
    at: str = ""
    reason: str = ""
    table: str = ""
    key: dict[str, str] = field(default_factory=dict)
    values: dict[str, str] = field(default_factory=dict)
    named: tuple[str, ...] = ()


def judgements(landing_dir: Path, sha256: str) -> list[Judgement]:
    """Read what was judged of a chapter, oldest first. Raises RefusedError for a damaged file."""
    found = []
    for path in _files(landing_dir / FOLDER / sha256):
        try:
            found.append(read_as(Judgement, path.read_bytes()))
        except (OSError, ValueError) as error:
            raise RefusedError(f"{path} is no judgement of a chapter: {error}") from error
    return found


def judgement_files(landing_dir: Path) -> list[Path]:
    """List the files of all judgements."""
    folder = landing_dir / FOLDER
    chapters = sorted(folder.iterdir()) if folder.is_dir() else []
    return [path for chapter in chapters for path in _files(chapter)]


def keep_judgement(landing_dir: Path, sha256: str, judgement: Judgement) -> Judgement:
    """Keep a judgement, later than all before it. Raises OSError when it cannot be written."""
    folder = landing_dir / FOLDER / sha256
    folder.mkdir(parents=True, exist_ok=True)
    now = _now_after(judgements(landing_dir, sha256))
    kept = Judgement(**{**judgement.__dict__, "at": now.isoformat(timespec="microseconds")})
    draft = folder / ".draft"
    draft.unlink(missing_ok=True)
    write_json(draft, asdict(kept))
    draft.chmod(0o444)
    sync(draft)
    os.rename(draft, folder / f"{now.strftime(MOMENT)}.json")
    sync(folder)
    return kept


def _now_after(earlier: Sequence[Judgement]) -> datetime:
    now = datetime.now(UTC)
    if not earlier:
        return now
    return max(now, datetime.fromisoformat(earlier[-1].at) + timedelta(microseconds=1))


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("[!.]*.json")) if folder.is_dir() else []
