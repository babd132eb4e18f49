"""The inbox: chapters that people dropped, kept as they are and read into packages for review."""

from doelenboom.landing.files import land_file
from doelenboom.settings import Settings
from doelenboom.sources.inbox.chapters import InboxFile, LandedChapter, list_inbox

CHAPTERS = "chapters"


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
