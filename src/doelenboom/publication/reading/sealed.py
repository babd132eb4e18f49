"""Whether the files of a release are still what was sealed.

What was found of a database is remembered in the user's cache, so that it is read once as long as
it stays the same file. Writes nowhere else.
"""

import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_cache_path

from doelenboom.errors import RefusedError
from doelenboom.publication.content import database_content_hash
from doelenboom.publication.manifest import (
    DATABASE_NAME,
    MANIFEST_NAME,
    SITE_NAME,
    Release,
    parquet_path,
    read_release,
)
from doelenboom.storage.documents import read_as
from doelenboom.storage.files import refusing, sha256_file

REMEMBERED = 200
"""Files whose hash is remembered: six months of nights."""

WHOLE = "as sealed"


@dataclass(frozen=True)
class Verified:
    """A file of a release and what was found of it: `as sealed`, or what is wrong with it."""

    release: str
    file: str
    found: str


def held_to_seal(release: Release) -> Release:
    """Return a release after comparing its database with its seal.

    Raises `RefusedError` for a file that is missing, cannot be read or is not what was sealed.
    """
    with refusing(f"Release {release.release_id} cannot be read"):
        found = _remembered_sha256(release.database)
    if found != release.database_sha256:
        raise RefusedError(
            f"release {release.release_id} is damaged: {release.database} is not as it was sealed"
            f" (SHA-256 {found[:8]}…, its manifest says {release.database_sha256[:8]}…)."
            " `doelenboom releases --verify` looks at all of them, `doelenboom rollback` goes to"
            " one that is whole, `doelenboom run` publishes anew"
        )
    return release


def verify(folder: Path) -> Iterator[Verified]:
    """Read all files of a release again and compare each with its seal, the manifest first.

    A manifest that cannot be read is the only thing told of its release.
    """
    try:
        release = read_release(folder)
    except RefusedError as error:
        yield Verified(folder.name, MANIFEST_NAME, str(error))
        return
    content = database_content_hash(release.tables)
    same = content == release.content_hash and folder.name.endswith(f"-{content[:8]}")
    yield Verified(folder.name, MANIFEST_NAME, WHOLE if same else "changed: hashes contradict")
    sealed = {
        DATABASE_NAME: release.database_sha256,
        **release.documents_sha256,
        **{parquet_path(table): sha256 for table, sha256 in release.parquet_sha256.items()},
    }
    for name, sha256 in sealed.items():
        yield Verified(folder.name, name, _found(folder / name, sha256))
    if (folder / SITE_NAME).is_dir():
        yield from _verify_site(folder)


@dataclass(frozen=True)
class _SiteManifest:
    """What stands in the manifest of a site: the hash of each of its files."""

    release_id: str
    files: dict[str, str]


def _verify_site(folder: Path) -> Iterator[Verified]:
    manifest = f"{SITE_NAME}/{MANIFEST_NAME}"
    try:
        site = read_as(_SiteManifest, (folder / manifest).read_bytes())
    except (OSError, ValueError) as error:
        yield Verified(folder.name, manifest, f"is not a manifest of a site: {error}")
        return
    yield Verified(folder.name, manifest, WHOLE)
    for name, sha256 in site.files.items():
        file = f"{SITE_NAME}/{name}"
        yield Verified(folder.name, file, _found(folder / file, sha256))


def _found(path: Path, sha256: str) -> str:
    try:
        return WHOLE if sha256_file(path) == sha256 else "changed since it was sealed"
    except FileNotFoundError:
        return "missing"
    except OSError as error:
        return f"cannot be read: {error.strerror}"


def _remembered_sha256(path: Path) -> str:
    """Hash a file, unless its hash is known and it is the same file, by all that shows a change."""
    seen = path.stat()
    name = f"{seen.st_dev}-{seen.st_ino}-{seen.st_size}-{seen.st_mtime_ns}-{seen.st_ctime_ns}"
    memory = user_cache_path("doelenboom") / "hashes.json"
    known = _known(memory)
    if name not in known:
        known[name] = sha256_file(path)
        with suppress(OSError):  # without a cache of one's own it is read again the next time
            _remember(memory, known)
    return known[name]


def _known(memory: Path) -> dict[str, str]:
    """Read what is remembered; a file that is missing or damaged is as good as none."""
    try:
        return read_as(dict[str, str], memory.read_bytes())
    except (OSError, ValueError):
        return {}


def _remember(memory: Path, known: dict[str, str]) -> None:
    memory.parent.mkdir(parents=True, exist_ok=True)
    handle, whole = tempfile.mkstemp(dir=memory.parent, prefix=memory.name)
    with open(handle, "w", encoding="utf-8") as file:
        json.dump(dict(list(known.items())[-REMEMBERED:]), file)
    os.replace(whole, memory)
