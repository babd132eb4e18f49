"""Which release answers: the one that is published at this moment, or the one that is named."""

import asyncio
import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from doelenboom.publication.manifest import Release
from doelenboom.publication.reading.releases import current_release, find_release
from doelenboom.publication.release_times import is_release_id
from doelenboom.storage.files import refusing
from doelenboom.storage.resources import DuckDBResources, attach_read_only, open_in_memory
from doelenboom.storage.tables import Table, read_tables

KEPT = 8
"""Releases whose tables are remembered."""

Seen = tuple[int, int, int, int]
"""What tells two published files apart: device, inode, time of change, size."""


@dataclass(frozen=True)
class Edition:
    """A release and the shapes of its tables by name, each with the key of the manifest."""

    release: Release
    tables: Mapping[str, Table]


class Editions:
    """Finds releases in a folder that changes; remembers those it has read."""

    def __init__(self, published: Path, releases_dir: Path, resources: DuckDBResources) -> None:
        self._published = published
        self.releases_dir = releases_dir
        self._resources = resources
        self._known: dict[str, Edition] = {}
        self._current: tuple[Seen, str] | None = None
        self._lock = asyncio.Lock()

    async def current(self) -> Edition | None:
        """Return the release that is published now, none before the first.

        The published file is looked at each time; its release is looked for when it changed.
        Raises `RefusedError` when it is damaged.
        """
        seen = self._look()
        if seen is None:
            return None
        if self._current is None or self._current[0] != seen:
            async with self._lock:
                await self._find_current()
        return await self.named(self._current[1]) if self._current else None

    async def named(self, release_id: str) -> Edition | None:
        """Return a release by its id, none when it is not there (any more).

        Raises `RefusedError` when it is damaged.
        """
        if not is_release_id(release_id) or not (self.releases_dir / release_id).is_dir():
            return None
        if release_id not in self._known:
            self._known[release_id] = await asyncio.to_thread(self._read, release_id)
            for oldest in list(self._known)[:-KEPT]:
                del self._known[oldest]
        return self._known[release_id]

    def _look(self) -> Seen | None:
        try:
            found = os.stat(self._published)
        except FileNotFoundError:
            return None
        return found.st_dev, found.st_ino, found.st_mtime_ns, found.st_size

    async def _find_current(self) -> None:
        """Find the release of the file that is there; again when it was replaced meanwhile."""
        seen = self._look()
        while seen is not None and (self._current is None or self._current[0] != seen):
            found = await asyncio.to_thread(current_release, self._published, self.releases_dir)
            now = self._look()
            if now == seen:
                self._current = (seen, found.release_id) if found else None
                return
            seen = now

    def _read(self, release_id: str) -> Edition:
        release = find_release(self.releases_dir, release_id)
        with (
            refusing(f"{release.database} cannot be read"),
            open_in_memory(self._resources) as connection,
        ):
            attach_read_only(connection, release.database, "published")
            tables = read_tables(connection, "published")
        shapes = (replace(table, key=release.key_of(table.name)) for table in tables)
        return Edition(release, {table.name: table for table in shapes})
