"""What is published, from Python and notebooks: `doelenboom.connect()` and `doelenboom.trace()`.

Needs nothing of the project but this package and a published file. Nobody here writes.
"""

import os
import tempfile
import warnings
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self
from urllib.parse import urlsplit

import duckdb

from doelenboom.errors import RefusedError, in_one_line
from doelenboom.publication.lineage.trace import Extent, trace_figure
from doelenboom.publication.lineage.trace_node import TraceNode
from doelenboom.publication.reading.names import codes_of_key
from doelenboom.publication.reading.reader import CATALOG, opened
from doelenboom.publication.reading.releases import (
    RELEASES_NAME,
    current_release,
    find_release,
    published_release,
)
from doelenboom.publication.reading.sealed import held_to_seal
from doelenboom.settings import Settings, load_settings
from doelenboom.storage.files import refusing
from doelenboom.storage.resources import DuckDBResources, attach_read_only, sql_name
from doelenboom.storage.tables import SCHEMA

CHUNK = 1 << 20
"""Bytes of a file that are taken from an address at once."""

LARGEST = 4 << 30
"""Bytes of a file at an address that are taken at most: twenty times a release of today."""

Source = str | os.PathLike[str] | None


class NewReleaseWarning(UserWarning):
    """A newer release stands than the one that a connection reads."""


class _Place(NamedTuple):
    """A published file: where readers find it, what is opened, and its release where known."""

    published: Path
    database: Path
    release: str | None


class Connection:
    """A read-only connection of DuckDB to one release; schema `marts` is the one it looks in.

    Has all that DuckDB's own connection has (`sql`, `execute`, `df`, …), and tables of one's own
    can stand beside the published ones. It goes on reading its release when a new one is published,
    and warns once that there is one (`NewReleaseWarning`).
    """

    def __init__(self, place: _Place, connection: duckdb.DuckDBPyConnection) -> None:
        self.path = place.database
        self.release = place.release
        self._published = place.published
        self._connection = connection
        self._seen = _identity(place.published)

    @property
    def is_current(self) -> bool:
        """Whether the file that readers find is still the one that stood at the beginning."""
        return _identity(self._published) == self._seen

    def __getattr__(self, name: str) -> Any:
        if not self.is_current:
            self._seen = _identity(self._published)
            warnings.warn(
                f"a new release stands at {self._published}: connect again to read it",
                NewReleaseWarning,
                stacklevel=2,
            )
        return getattr(self._connection, name)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._connection.close()


def connect(source: Source = None, *, release: str | None = None) -> Connection:
    """Open what is published, read-only: the current release, a named one, or a file.

    `source` is a published DuckDB file, by path or by its address (http, https), from which it is
    fetched once and again when it has changed there; without it the data folder of the
    environment is read (`DOELENBOOM_DATA_DIR`). Raises `RefusedError` when nothing is there.
    """
    place = _place(source, release)
    with refusing(f"{place.database} cannot be opened"):
        connection = duckdb.connect()
        attach_read_only(connection, place.database, CATALOG)
        connection.execute(f"use {sql_name(CATALOG, SCHEMA)}")
    return Connection(place, connection)


def trace(
    table: str,
    column: str,
    key: Mapping[str, object] | None = None,
    *,
    source: Source = None,
    release: str | None = None,
    depth: int | None = None,
    **more: object,
) -> TraceNode:
    """Follow one published figure back to what it is made of; print it to see the way.

    `key` singles out its row, as a mapping or as keywords (`municipality_code="Losser"`: a name
    will do for a code); `source` and `release` are those of `connect`. Raises `RefusedError` as
    `trace_figure` does.
    """
    place = _place(source, release)
    settings = load_settings()
    resources = DuckDBResources(
        settings.memory_limit, settings.threads, Path(tempfile.gettempdir())
    )
    words = {name: str(value) for name, value in {**(key or {}), **more}.items()}
    with opened(place.database, resources) as connection:
        codes = codes_of_key(connection, words)
    known = current_release(place.published, place.published.parent / RELEASES_NAME)
    return trace_figure(
        place.database,
        table.removeprefix(f"{SCHEMA}."),
        column,
        codes,
        file_hashes={file.path: file.sha256 for file in known.inputs} if known else {},
        data_dir=settings.data_dir,
        resources=resources,
        extent=Extent(depth),
    )


def _place(source: Source, release: str | None) -> _Place:
    """Find the file that is asked for. Raises `RefusedError` when it is not there."""
    if source is not None and release is not None:
        raise RefusedError("a source and a release both say what to open: give one")
    if source is None:
        return _of_the_environment(load_settings(), release)
    text = os.fspath(source)
    path = _fetched(text) if urlsplit(text).scheme in ("http", "https") else Path(text)
    if not path.is_file():
        raise RefusedError(f"{path} is no file, expected a published DuckDB database")
    known = current_release(path, path.parent / RELEASES_NAME)
    return _Place(path, path, held_to_seal(known).release_id if known else None)


def _of_the_environment(settings: Settings, release: str | None) -> _Place:
    published = settings.published
    if release is not None:
        found = find_release(settings.releases_dir, release)
    else:
        if not published.is_file():
            raise RefusedError(
                f"nothing is published at {published}: name a file, or set DOELENBOOM_DATA_DIR"
            )
        found = published_release(published, settings.releases_dir)
    return _Place(published, held_to_seal(found).database, found.release_id)


def _identity(path: Path) -> tuple[int, int] | None:
    """Tell one published file from the next; None while there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns


def _fetched(address: str) -> Path:
    """Fetch a file unless the copy that we have of it is still the one at its address."""
    import httpx
    from platformdirs import user_cache_path

    folder = user_cache_path("doelenboom", ensure_exists=True)
    path = folder / f"{sha256(address.encode()).hexdigest()[:16]}.duckdb"
    tag = path.with_suffix(".etag")
    known = {"If-None-Match": tag.read_text()} if tag.is_file() and path.is_file() else {}
    try:
        with httpx.stream("GET", address, headers=known, follow_redirects=True) as answer:
            if answer.status_code == httpx.codes.NOT_MODIFIED:
                return path
            answer.raise_for_status()
            with tempfile.TemporaryDirectory(dir=folder) as made:
                whole = Path(made) / path.name
                with whole.open("wb") as file:
                    for chunk in answer.iter_bytes(CHUNK):
                        file.write(chunk)
                        if file.tell() > LARGEST:
                            raise RefusedError(f"{address} is larger than {LARGEST:,} bytes")
                whole.replace(path)
            tag.write_text(answer.headers.get("ETag", '""'))
    except httpx.HTTPError as error:
        raise RefusedError(f"{address} cannot be fetched: {in_one_line(str(error))}") from error
    return path
