"""The inbox: chapters that people dropped, kept as they are and read into packages for review.

No single file stops a night: what cannot be kept or read is refused by its name, in a sentence.
"""

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from doelenboom.errors import RefusedError
from doelenboom.ingestion.taking import Taken, left_tables
from doelenboom.landing.files import land_file
from doelenboom.publication.manifest import InputFile
from doelenboom.publication.release.inputs import hash_inputs
from doelenboom.settings import Settings
from doelenboom.sources.accounts.extraction.document.reading import LARGEST_FILE
from doelenboom.sources.inbox.chapters import InboxFile, LandedChapter, list_inbox

if TYPE_CHECKING:
    from doelenboom.raw.chapters import ReadChapter

CHAPTERS = "chapters"


def read_inbox(settings: Settings) -> "list[ReadChapter]":
    """Read every chapter in the inbox anew into `raw/chapters`, each with a report to review.

    Raises OSError when that folder cannot be written.
    """
    from doelenboom.raw.chapters import read_chapters

    return read_chapters(land_inbox(settings), settings.review_dir, settings.project_dir / "seeds")


def inbox_inputs(settings: Settings) -> list[InputFile]:
    """List the files of the inbox as they count among the inputs of a night.

    Of a chapter its copy counts; of what was refused the sentence, for its bytes decide nothing.
    """
    landed = land_inbox(settings)
    kept = [chapter.kept for chapter in landed if not chapter.file.refusal]
    refused = [_refused(chapter.file) for chapter in landed if chapter.file.refusal]
    tables = [_left(taken) for taken in left_tables(settings)]
    return [*hash_inputs(settings.data_dir, kept), *refused, *tables]


def _left(taken: Taken) -> InputFile:
    """Of tables that nothing was taken of, what is told of them counts."""
    told = hashlib.sha256(repr((taken.sentence, taken.refused)).encode()).hexdigest()
    return InputFile(f"inbox/{taken.name}", 0, told)


def _refused(file: InboxFile) -> InputFile:
    sentence = hashlib.sha256((file.refusal or "").encode()).hexdigest()
    return InputFile(f"inbox/{file.name}", 0, sentence)


def land_inbox(settings: Settings) -> list[LandedChapter]:
    """Keep a copy of every chapter in the inbox and say where; of refused files none is kept."""
    folder = settings.landing_dir / CHAPTERS
    files = [file for file in list_inbox(settings.inbox_dir) if not file.is_table]
    return [_landed(file, folder) for file in files]


def _landed(file: InboxFile, folder: Path) -> LandedChapter:
    if file.refusal:
        return LandedChapter(file, file.path)
    place = folder / f"{file.municipality_code}_{file.fiscal_year}"
    try:
        return LandedChapter(file, land_file(file.path, place, LARGEST_FILE))
    except RefusedError as error:
        refusal = str(error)
    except OSError as error:
        refusal = f"cannot be read or kept ({error.strerror})."
    return LandedChapter(replace(file, refusal=refusal), file.path)
