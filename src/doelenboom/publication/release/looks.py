"""The last time that a night looked, found no news and left what is published as it was.

One JSON file under `state/`; it says nothing about figures and no release depends on it.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from doelenboom.publication.release_times import utc_text
from doelenboom.storage.documents import read_as
from doelenboom.storage.files import replace_text


@dataclass(frozen=True)
class Look:
    """A night without a release: when (UTC), and which release readers went on seeing.

    `held_back` is the release that was rolled back from and would have been published again.
    """

    moment: datetime
    release_id: str
    held_back: str | None = None


def record_look(path: Path, look: Look) -> None:
    """Write a look in the place of the one before. Raises `OSError`."""
    row = {
        "moment": utc_text(look.moment),
        "release_id": look.release_id,
        "held_back": look.held_back,
    }
    replace_text(path, json.dumps(row))


def last_look(path: Path) -> Look | None:
    """Read the last look; None where there is none, or none that can be read."""
    try:
        return read_as(Look, path.read_bytes())
    except (OSError, ValueError):
        return None
