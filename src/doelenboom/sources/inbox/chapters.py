"""Chapters of annual accounts in the inbox: a folder per municipality and year says whose they are.

`GM0153/2018/chapter.html` below the inbox is a chapter of Enschede's accounts of 2018. Names of
files say nothing; no file is opened here.
"""

import os
import re
from dataclasses import dataclass
from pathlib import Path

from doelenboom.sources.accounts.extraction.reading import LARGEST_FILE

PLACE = re.compile(r"(GM\d{4})/([12]\d{3})/[^/]+")
LEFT_OUT = (".", "~$")
"""Names of what file managers and office programs leave behind begin so."""


@dataclass(frozen=True)
class InboxFile:
    """A file in the inbox: its name below it, and what was found and expected if it is refused."""

    path: Path
    name: str
    refusal: str | None

    @property
    def municipality_code(self) -> str:
        return self.name.split("/")[0]

    @property
    def fiscal_year(self) -> int:
        return int(self.name.split("/")[1])


@dataclass(frozen=True)
class LandedChapter:
    """A file of the inbox and the copy that landed; the file itself where it was refused."""

    file: InboxFile
    kept: Path


def list_inbox(inbox: Path) -> list[InboxFile]:
    """List the files in the inbox, sorted by name; none where there is no inbox."""
    paths = (path for path in inbox.rglob("*") if path.is_symlink() or path.is_file())
    files = [_file(path, path.relative_to(inbox)) for path in paths if _counts(path, inbox)]
    return sorted(files, key=lambda file: file.name)


def _counts(path: Path, inbox: Path) -> bool:
    return not any(part.startswith(LEFT_OUT) for part in path.relative_to(inbox).parts)


def _file(path: Path, below: Path) -> InboxFile:
    name = os.fsencode(below.as_posix()).decode("utf-8", "replace")
    return InboxFile(path, name, _refusal(path, name))


def _refusal(path: Path, name: str) -> str | None:
    if path.is_symlink():
        return "found a link, expected a file."
    if "\ufffd" in name:
        return "found a name that is not UTF-8."
    if not PLACE.fullmatch(name):
        return (
            "found a file that no folder gives a municipality and a year,"
            " expected a chapter as GM0153/2018/chapter.html."
        )
    size = path.stat().st_size
    if size > LARGEST_FILE:
        return f"found {size} bytes, expected at most {LARGEST_FILE // 1_000_000} MB."
    return None
