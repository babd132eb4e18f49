"""Dagster's event log in SQLite with connections that stay open, as `dagster.yaml` names it.

As shipped, each event opens up to three connections one after another, waits for the disk with each
and closes it again. Here a process opens each file once, and waits for the disk when the log of
changes is written back: a cut of power may take the last events of the run that it ended, and no
file is damaged.
"""

import os
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import Any

from dagster import EventLogEntry
from dagster._core.storage.event_log import SqliteEventLogStorage
from dagster._core.storage.event_log.schema import AssetCheckExecutionsTable
from dagster._serdes import ConfigurableClassData
from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.event import listens_for

INDEX = "index"
"""The file of what all runs made and checked; each run has one of its own beside it."""

KEPT = 8
"""Files kept open at once: the index and the runs looked at last."""

BUSY_SECONDS = 30


class KeptOpenEventLogStorage(SqliteEventLogStorage):
    """The same files and tables, opened once per process."""

    def __init__(self, base_dir: str, inst_data: ConfigurableClassData | None = None) -> None:
        self._kept: OrderedDict[str, Engine] = OrderedDict()
        super().__init__(base_dir, inst_data)

    @classmethod
    def from_config_value(
        cls, inst_data: ConfigurableClassData | None, config_value: Mapping[str, Any]
    ) -> "KeptOpenEventLogStorage":
        """Make the storage that `dagster.yaml` asks for."""
        return cls(inst_data=inst_data, **config_value)

    def run_connection(self, run_id: str | None = None) -> AbstractContextManager[Connection]:
        """Begin a transaction in the file of a run."""
        return self._begin(str(run_id), super().run_connection(run_id))

    def index_connection(self) -> AbstractContextManager[Connection]:
        """Begin a transaction in the index."""
        return self._begin(INDEX, super().index_connection())

    @contextmanager
    def _begin(
        self, name: str, as_shipped: AbstractContextManager[Connection]
    ) -> Iterator[Connection]:
        """Begin a transaction in a file, which is made as Dagster makes it where it is new."""
        if name not in self._kept:
            with as_shipped:
                pass
            self._kept[name] = _open(self.conn_string_for_shard(name))
        self._kept.move_to_end(name)
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)[1].dispose()
        with self._kept[name].begin() as connection:
            yield connection

    def store_event(self, event: EventLogEntry) -> None:
        """Store an event; touch the file of its run, which the page of the run watches."""
        super().store_event(event)
        with suppress(FileNotFoundError):  # somebody removed it: no night ends for its book-keeping
            os.utime(self.path_for_shard(event.run_id))

    def delete_events(self, run_id: str) -> None:
        """Remove a run with its file and its checks, which Dagster would leave."""
        super().delete_events(run_id)
        with self.index_connection() as connection:
            checks = AssetCheckExecutionsTable
            connection.execute(checks.delete().where(checks.c.run_id == run_id))
        self._kept.pop(run_id).dispose()
        for end in ("", "-wal", "-shm"):
            Path(f"{self.path_for_shard(run_id)}{end}").unlink(missing_ok=True)


def _open(url: str) -> Engine:
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS})

    @listens_for(engine, "connect")
    def write_behind(connection: Any, _: object) -> None:
        connection.execute("pragma synchronous = normal")

    return engine
