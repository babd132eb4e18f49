"""Files in the inbox: tables by the ending of their name, else chapters of annual accounts.

`GM0153/2018/chapter.html` below the inbox is a chapter of Enschede's accounts of 2018: its folder
says whose it is. Tables may lie anywhere, and say so themselves. What was taken or refused before
lies in folders of its own and is not looked at. No file is opened here.
"""

import os
import re
import stat
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from doelenboom.sources.accounts.extraction.document.reading import LARGEST_FILE

PLACE = re.compile(r"(GM\d{4})/([12]\d{3})/[^/]+")
LEFT_OUT = (".", "~$")
"""Names of what file managers and office programs leave behind begin so."""

TABLE_ENDINGS = (".csv", ".tsv", ".xlsx", ".xlsm", ".xls", ".ods")
ACCEPTED = "accepted"
REFUSED = "refused"
DONE = (ACCEPTED, REFUSED)
"""Folders below the inbox for what came of files."""

ODD = "\ufffd"
"""Stands in a name for what cannot be printed."""

_KINDS = {
    stat.S_IFLNK: "found a link, expected a file.",
    stat.S_IFDIR: "found a folder that cannot be opened.",
}


@dataclass(frozen=True)
class InboxFile:
    """A file in the inbox: its name below it, and what was found and expected if it is refused."""

    path: Path
    name: str
    refusal: str | None

    @property
    def is_table(self) -> bool:
        """Whether the file is read as tables of the package, by its rows, not as a chapter."""
        return self.name.lower().endswith(TABLE_ENDINGS)

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
    """List what lies ready in the inbox, sorted by name; none where there is no inbox.

    Each has a name of its own. A folder that cannot be opened is listed itself.
    """
    if not inbox.is_dir():
        return []
    names: set[str] = set()
    files = [_file(path, inbox, names) for path in sorted(_paths(inbox))]
    return sorted(files, key=lambda file: file.name)


def _paths(inbox: Path) -> Iterator[Path]:
    """Walk through the inbox without recursion: how deep it is, is for others to say."""
    folders = [inbox]
    while folders:
        folder = folders.pop()
        try:
            with os.scandir(folder) as found:
                entries = [entry for entry in found if not entry.name.startswith(LEFT_OUT)]
        except OSError:
            yield folder
            continue
        if folder == inbox:
            entries = [entry for entry in entries if entry.name not in DONE]
        below = [entry for entry in entries if entry.is_dir(follow_symlinks=False)]
        folders += [Path(entry.path) for entry in below]
        yield from (Path(entry.path) for entry in entries if entry not in below)


def _file(path: Path, inbox: Path, names: set[str]) -> InboxFile:
    """Name a file of the inbox as no other is named, in characters that can be printed."""
    text = os.fsencode(path.relative_to(inbox).as_posix()).decode("utf-8", "replace")
    plain = "".join(map(_printable, text))
    name = next(name for name in _numbered(plain) if name not in names)
    names.add(name)
    return InboxFile(path, name, _refusal(path, name))


def _printable(letter: str) -> str:
    """Make every blank a space; what is not seen, or turns the direction of what is, is odd."""
    if unicodedata.category(letter) == "Zs":
        return " "
    return letter if letter.isprintable() else ODD


def _numbered(name: str) -> Iterator[str]:
    yield name
    for number in count(2):
        yield f"{name} ({number})"


def _refusal(path: Path, name: str) -> str | None:
    try:
        found = path.lstat()
    except OSError as error:
        return f"cannot be read ({error.strerror})."
    kind = stat.S_IFMT(found.st_mode)
    if kind != stat.S_IFREG:
        return _KINDS.get(kind, "found a pipe, socket or device, expected a file.")
    if ODD in name:
        return "found a name that is not UTF-8, or that cannot be printed."
    if not PLACE.fullmatch(name) and not name.lower().endswith(TABLE_ENDINGS):
        return (
            "found a file that no folder gives a municipality and a year,"
            " expected a chapter as GM0153/2018/chapter.html."
        )
    if found.st_size > LARGEST_FILE:
        return f"found {found.st_size} bytes, expected at most {LARGEST_FILE // 1_000_000} MB."
    return None
