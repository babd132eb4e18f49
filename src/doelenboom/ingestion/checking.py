"""What would come of files in the inbox, told before anything is taken.

Nothing is loaded, kept or moved.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from doelenboom.errors import RefusedError, in_one_line
from doelenboom.settings import Settings
from doelenboom.sources.inbox.chapters import PLACE, list_inbox
from doelenboom.sources.inbox.delivered import Delivery, read_delivery


@dataclass(frozen=True)
class Checked:
    """What would come of a file: its delivery, or else why it has none.

    `refusal` says why it cannot be read.
    """

    name: str
    delivery: Delivery | None = None
    refusal: str = ""

    @property
    def is_refused(self) -> bool:
        """Whether a row of it would be refused, or all of it."""
        return bool(self.refusal or (self.delivery and self.delivery.refused))


def check_files(settings: Settings, files: Sequence[Path]) -> list[Checked]:
    """Say what would come of some files, of all in the inbox where none is named."""
    seeds = settings.project_dir / "seeds"
    if files:
        return [_checked(path.resolve(), str(path), "", seeds) for path in files]
    found = list_inbox(settings.inbox_dir)
    return [_checked(file.path, file.name, file.refusal or "", seeds) for file in found]


def _checked(path: Path, name: str, refusal: str, seeds: Path) -> Checked:
    """Read a file; one in the place of a chapter that is no table, as a PDF never is, is a chapter.

    `refusal` is why it is refused if it is no table.
    """
    is_chapter = PLACE.fullmatch("/".join(path.absolute().parts[-3:]))
    if is_chapter and path.suffix.lower() == ".pdf":
        return Checked(name, refusal=refusal)
    try:
        delivery = read_delivery(path, seeds)
    except RefusedError as error:
        return Checked(name, refusal=refusal or in_one_line(str(error)))
    except OSError as error:
        return Checked(name, refusal=refusal or f"cannot be read ({error.strerror})")
    except RuntimeError as error:
        return Checked(name, refusal=f"reading broke down ({in_one_line(str(error))})")
    if delivery.is_no_table and (refusal or is_chapter):
        return Checked(name, refusal=refusal)
    return Checked(name, delivery)
