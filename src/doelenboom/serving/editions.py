"""Which release answers: the one that is published at this moment, or the one that is named.

No file of a release is used before its bytes were compared with its seal, once as long as it stays
as it is.
"""

import asyncio
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import duckdb

from doelenboom.errors import DoelenboomError, RefusedError
from doelenboom.publication.manifest import DATABASE_NAME, Release, parquet_path
from doelenboom.publication.reading.releases import current_release, find_release, release_ids
from doelenboom.publication.release_times import is_release_id
from doelenboom.serving.once import Once
from doelenboom.storage.files import State, refusing, sha256_file, state_of
from doelenboom.storage.resources import (
    DuckDBResources,
    attach_read_only,
    open_in_memory,
    sql_name,
)
from doelenboom.storage.tables import SCHEMA, Table, read_tables

YEAR = "fiscal_year"
KEPT = 8
"""Releases whose tables are remembered."""

SEALS_KEPT = 1_000
"""Files whose hash is remembered."""

AGAIN = "`doelenboom rollback ID` publishes one that is there"


class DamagedError(DoelenboomError):
    """What is published is not whole: one sentence that names no folder of this machine."""


class ReplacedError(Exception):
    """Another file was published while the release of the last one was looked for."""


@dataclass(frozen=True)
class Edition:
    """A release, the shapes of its tables by name, each with the key of the manifest, and years.

    `years` holds the first and last `fiscal_year` of the tables that have such a column and rows.
    """

    release: Release
    tables: Mapping[str, Table]
    years: Mapping[str, tuple[int, int]]

    def rows_of(self, table: str) -> int:
        """Return how many rows a table has, as the manifest says."""
        return next(content.rows for content in self.release.tables if content.name == table)


class Editions:
    """Finds releases in a folder that changes; reads each once, and waits for `seconds` at most.

    Its methods raise `DamagedError` when a release or the published file is not whole, and
    `TimeoutError` when reading takes longer; then it goes on, for who asks later.
    """

    def __init__(
        self, published: Path, releases_dir: Path, resources: DuckDBResources, seconds: float
    ) -> None:
        self._published = published
        self.releases_dir = releases_dir
        self._resources = resources
        self._seconds = seconds
        self._current: Once[str] = Once(KEPT)
        self._editions: Once[Edition] = Once(KEPT)
        self._hashes: Once[str] = Once(SEALS_KEPT)

    async def current(self) -> Edition | None:
        """Return the release that is published now, none before the first.

        The published file is looked at each time; its release is looked for when it changed.
        """
        async with asyncio.timeout(self._seconds):
            while (seen := self._look()) is not None:
                try:
                    found = await self._current.get(seen, partial(self._find_current, seen))
                except ReplacedError:
                    continue
                return await self._named(found)
        return None

    async def named(self, release_id: str) -> Edition | None:
        """Return a release by its id, none when it is not there (any more)."""
        folder = self.releases_dir / release_id
        if not is_release_id(release_id) or not folder.is_dir():
            return None
        try:
            async with asyncio.timeout(self._seconds):
                return await self._named(release_id)
        except DamagedError:
            if folder.is_dir():
                raise
            return None  # removed meanwhile

    async def parquet(self, edition: Edition, table: str) -> Path:
        """Return the Parquet file of a table, as it was sealed."""
        path = edition.release.folder / parquet_path(table)
        sealed = edition.release.parquet_sha256[table]
        damaged = _damaged(edition.release.release_id, f"the Parquet file of {table}")
        async with asyncio.timeout(self._seconds):
            await self._hold_to_seal(path, sealed, damaged)
        return path

    def _look(self) -> State | None:
        try:
            if not self._published.is_dir():
                return state_of(self._published)
        except FileNotFoundError:
            if not release_ids(self.releases_dir):
                return None
            raise DamagedError(f"The published file is missing: {AGAIN}") from None
        except OSError as error:
            raise _unreadable("The published file", error) from error
        raise DamagedError(f"The published file is a folder; when it is gone, {AGAIN}")

    async def _find_current(self, seen: State) -> str:
        found = await asyncio.to_thread(current_release, self._published, self.releases_dir)
        if self._look() != seen:
            raise ReplacedError
        if found is None:
            raise DamagedError(f"The published file is not that of a release: {AGAIN}")
        return found.release_id

    async def _named(self, release_id: str) -> Edition:
        database = self.releases_dir / release_id / DATABASE_NAME
        seen = _state(database, _damaged(release_id, "its database"))
        return await self._editions.get((release_id, seen), partial(self._read, release_id))

    async def _read(self, release_id: str) -> Edition:
        try:
            release = await asyncio.to_thread(find_release, self.releases_dir, release_id)
            damaged = _damaged(release_id, "its database")
            await self._hold_to_seal(release.database, release.database_sha256, damaged)
            return await asyncio.to_thread(self._described, release)
        except RefusedError as error:
            raise DamagedError(f"Release {release_id} is damaged: it cannot be read") from error

    async def _hold_to_seal(self, path: Path, sha256: str, damaged: str) -> None:
        """Compare the bytes of a file with its seal, unless that was done and it is the same."""
        seen = _state(path, damaged)
        hashed = partial(asyncio.to_thread, sha256_file, path)
        try:
            found = await self._hashes.get((path, seen), hashed)
        except OSError as error:
            raise _unreadable(damaged, error) from error
        if found != sha256:
            raise DamagedError(f"{damaged} is not as it was sealed")

    def _described(self, release: Release) -> Edition:
        with (
            refusing(f"{release.database} cannot be read"),
            open_in_memory(self._resources) as connection,
        ):
            attach_read_only(connection, release.database, "published")
            tables = read_tables(connection, "published")
            years = dict(_years(connection, tables))
        shapes = (replace(table, key=release.key_of(table.name)) for table in tables)
        return Edition(release, {table.name: table for table in shapes}, years)


def _state(path: Path, what: str) -> State:
    """Look at a file that has to be there."""
    try:
        return state_of(path)
    except OSError as error:
        raise _unreadable(what, error) from error


def _damaged(release_id: str, what: str) -> str:
    return f"Release {release_id} is damaged: {what}"


def _unreadable(what: str, error: OSError) -> DamagedError:
    if isinstance(error, FileNotFoundError):
        return DamagedError(f"{what} is missing")
    return DamagedError(f"{what} cannot be read ({(error.strerror or 'no reason given').lower()})")


def _years(
    connection: duckdb.DuckDBPyConnection, tables: Iterable[Table]
) -> Iterator[tuple[str, tuple[int, int]]]:
    """Ask each table for its first and last year; DuckDB knows them without reading its rows."""
    for table in tables:
        if any(column.name == YEAR for column in table.columns):
            place = sql_name("published", SCHEMA, table.name)
            row = connection.execute(f"select min({YEAR}), max({YEAR}) from {place}").fetchone()
            if row and row[0] is not None:
                yield table.name, (row[0], row[1])
