"""Chapters from the inbox as accounts packages for review: one folder each, made from landing.

Nothing here is loaded: a person reviews a package before its rows become facts. What one chapter
breaks stops neither the others nor the night.
"""

import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from doelenboom.errors import LONGEST_SENTENCE, RefusedError, in_one_line
from doelenboom.sources.accounts.extraction.package.extract import ChapterOutcome, extract_files
from doelenboom.sources.inbox.chapters import LandedChapter


@dataclass(frozen=True)
class ReadChapter:
    """What came of a file of the inbox: the package in `folder`, or why there is none.

    `is_fault` says that reading it broke down, which is ours to mend.
    """

    name: str
    folder: Path
    chapter: ChapterOutcome | None
    refusal: str | None
    is_fault: bool = False


def read_chapters(
    chapters: Iterable[LandedChapter], folder: Path, seeds: Path
) -> list[ReadChapter]:
    """Extract every chapter anew to `<folder>/<name in the inbox>/`; packages of others go.

    `seeds` as for `extract_files`. Raises `OSError` when the folder cannot be written.
    """
    if folder.is_dir():
        shutil.rmtree(folder)
    return [_read(chapter, folder / chapter.file.name, seeds) for chapter in chapters]


def _read(chapter: LandedChapter, out: Path, seeds: Path) -> ReadChapter:
    file = chapter.file
    if file.refusal:
        return ReadChapter(file.name, out, None, file.refusal)
    place = (file.municipality_code, file.fiscal_year)
    try:
        outcome = extract_files([chapter.kept], *place, out, seeds)[0]
    except RefusedError as error:
        said = str(error).removeprefix(f"{chapter.kept.name}: ")
        return ReadChapter(file.name, out, None, in_one_line(said, LONGEST_SENTENCE))
    except Exception as error:  # whatever a stranger's page does to the reader, the night goes on
        said = f"reading broke down ({in_one_line(repr(error))})"
        return ReadChapter(file.name, out, None, said, is_fault=True)
    return ReadChapter(file.name, out, outcome, None)
