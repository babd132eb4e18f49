"""The inbox: chapters that people dropped, kept as they are and read into packages for review."""

from pathlib import Path
from typing import TYPE_CHECKING

from doelenboom.landing.files import land_file
from doelenboom.settings import Settings
from doelenboom.sources.inbox.chapters import InboxFile, LandedChapter, list_inbox

if TYPE_CHECKING:
    from doelenboom.raw.chapters import ReadChapter

CHAPTERS = "chapters"


def read_inbox(settings: Settings) -> "list[ReadChapter]":
    """Read every chapter in the inbox anew into `raw/chapters`, each with a report to review.

    Raises RefusedError for a damaged landing, OSError for a file that cannot be read or written.
    """
    from doelenboom.raw.chapters import read_chapters

    return read_chapters(land_inbox(settings), settings.review_dir, settings.project_dir / "seeds")


def kept_files(settings: Settings) -> list[Path]:
    """List the files of the inbox as they count among the inputs: copies, or what was refused."""
    return [chapter.kept for chapter in land_inbox(settings) if not chapter.kept.is_symlink()]


def land_inbox(settings: Settings) -> list[LandedChapter]:
    """Keep a copy of every chapter in the inbox and say where; of refused files none is kept.

    Raises RefusedError for a damaged landing, OSError for a file that cannot be read or kept.
    """
    folder = settings.landing_dir / CHAPTERS
    return [
        LandedChapter(file, file.path if file.refusal else land_file(file.path, folder / _of(file)))
        for file in list_inbox(settings.inbox_dir)
    ]


def _of(file: InboxFile) -> str:
    return f"{file.municipality_code}_{file.fiscal_year}"
