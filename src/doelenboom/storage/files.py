"""Files that must be on disk before they count: hashes, copies, fsync, one-sentence refusals.

Knows nothing of releases or tables.
"""

import hashlib
import json
import os
import re
import shutil
from collections import deque
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from doelenboom.errors import RefusedError

State = tuple[int, int, int, int]
"""What tells two contents of one path apart: device, inode, time of change, size."""

WRAPPED_MESSAGE = re.compile(r'"exception_message":("(?:[^"\\]|\\.){0,10000}")')

SYNCED_AT_ONCE = 8
"""Files of a folder that are forced to disk together."""


@contextmanager
def refusing(action: str) -> Iterator[None]:
    """Turn a failing disk or database into a `RefusedError`: `<action>: <why>: <where>`.

    Not so a `BrokenPipeError`: who read what is written has gone, which is no fault.
    """
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        names = [str(name) for name in (error.filename, error.filename2) if name is not None]
        place = " -> ".join(name for name in names if name not in action)
        why = f"{error.strerror or error}{': ' if place else ''}{place}"
        raise RefusedError(f"{action}: {why}") from error
    except duckdb.Error as error:
        raise RefusedError(f"{action}: {first_line(error)}") from error


@contextmanager
def naming(path: Path) -> Iterator[None]:
    """Give an `OSError` that names no file the path it is about: a full disk names none."""
    try:
        yield
    except OSError as error:
        error.filename = error.filename or str(path)
        raise


def first_line(error: Exception) -> str:
    """Return the first line of an error's message, without the excerpt that follows it.

    DuckDB 2.0 wraps the error of a write in the background as JSON; what it wraps is returned.
    """
    line = str(error).strip().partition("\n")[0]
    wrapped = WRAPPED_MESSAGE.search(line)
    return str(json.loads(wrapped[1])) if wrapped else line


def sha256_file(path: Path) -> str:
    """Return the SHA-256 of a file's bytes in hex, read in pieces."""
    with path.open("rb") as file, naming(path):
        return hashlib.file_digest(file, "sha256").hexdigest()


def state_of(path: Path) -> State:
    """Look at a file, through links, without reading it. Raises `OSError`."""
    found = path.stat()
    return found.st_dev, found.st_ino, found.st_mtime_ns, found.st_size


def copy_file(source: Path, target: Path) -> None:
    """Copy the bytes of a file and nothing else of it. Raises `OSError`."""
    with naming(target):
        shutil.copyfile(source, target)


def link_or_copy(source: Path, target: Path) -> None:
    """Give a read-only file a second name, or make a read-only copy where there are no links."""
    try:
        os.link(source, target)
    except OSError:
        copy_file(source, target)
        target.chmod(0o444)
        sync(target)


def replace_text(path: Path, text: str) -> None:
    """Write a text in the place of the one before, whole or not at all. Raises `OSError`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f"{path.name}.new")
    new.write_text(text, encoding="utf-8")
    os.replace(new, path)


def point_to(link: Path, place: Path) -> None:
    """Let a symbolic link lead to a place beside it, in one step. Raises `OSError`.

    A folder that stands there, as a backup leaves one that was followed, goes.
    """
    if link.is_symlink() and link.readlink() == place:
        return
    if link.is_dir() and not link.is_symlink():
        shutil.rmtree(link)
    waiting = waiting_link(link)
    waiting.unlink(missing_ok=True)
    waiting.symlink_to(place)
    os.replace(waiting, link)
    sync(link.parent)


def waiting_link(link: Path) -> Path:
    """Say under which name the next link waits; nothing is left there but by a crash."""
    return link.with_name(f".{link.name}.next")


def write_json(path: Path, document: Mapping[str, Any]) -> None:
    """Write a document as UTF-8 JSON with a final newline; dates become ISO text."""
    text = json.dumps(document, ensure_ascii=False, indent=1, default=str)
    with naming(path):
        path.write_text(text + "\n", encoding="utf-8")


def read_json(path: Path) -> dict[str, Any]:
    """Read a JSON object. Raises `RefusedError` naming the file when it holds something else."""
    with refusing(f"{path} cannot be read"):
        text = path.read_bytes()
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise RefusedError(f"{path} is not valid JSON: {first_line(error)}") from error
    if not isinstance(document, dict):
        raise RefusedError(f"{path} holds a {type(document).__name__}, expected a JSON object")
    return document


def make_durable(folder: Path) -> None:
    """Open a folder to every reader, its files read-only, and force all of it to disk.

    Several files wait for the disk at once: it writes them together.
    """
    paths = sorted([folder, *folder.rglob("*")])
    for path in paths:
        path.chmod(0o444 if path.is_file() else 0o755)
    with ThreadPoolExecutor(SYNCED_AT_ONCE) as pool:
        deque(pool.map(sync, paths), maxlen=0)


def make_public(folder: Path) -> None:
    """Make a folder that every reader may enter, whatever this process gives files it makes."""
    if not folder.is_dir():
        folder.mkdir(parents=True)
        folder.chmod(0o755)


def sync(path: Path) -> None:
    """Force a file or the entries of a folder to disk. Raises `OSError`."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        with naming(path):
            os.fsync(descriptor)
    finally:
        os.close(descriptor)
