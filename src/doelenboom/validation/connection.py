"""How Great Expectations reads the candidate: read-only, in SQL, and let go of afterwards.

This is the only place that touches a private name of Great Expectations (see docs/adr/0003).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from pathlib import Path
from typing import Any

import great_expectations as gx
from great_expectations.data_context.types.base import (
    DataContextConfig,
    InMemoryStoreBackendDefaults,
    ProgressBarsConfig,
)
from great_expectations.execution_engine import sqlalchemy_execution_engine as engine_module
from sqlalchemy import event
from sqlalchemy.engine import ExceptionContext

from doelenboom.validation.library import EphemeralDataContext, SQLDatasource


class _Dialect(str, Enum):  # noqa: UP042 (the library's own enumeration has this form)
    DUCKDB = "duckdb"


def new_context(docs_dir: Path) -> EphemeralDataContext:
    """Make a context in memory: no telemetry, no progress bars, Data Docs in `docs_dir`."""
    site = {
        "class_name": "SiteBuilder",
        "show_how_to_buttons": False,
        "store_backend": {
            "class_name": "TupleFilesystemStoreBackend",
            "base_directory": str(docs_dir),
        },
    }
    return gx.get_context(
        mode="ephemeral",
        project_config=DataContextConfig(
            store_backend_defaults=InMemoryStoreBackendDefaults(),
            analytics_enabled=False,
            progress_bars=ProgressBarsConfig(globally=False, metric_calculations=False),
            data_docs_sites={"data_docs": site},
        ),
    )


def hold_connections_of_duckdb() -> None:
    """Let Great Expectations keep its connection to DuckDB while it fetches the rows.

    As shipped it fetches after the connection has gone back to the pool, and nearly every
    expectation raises `list index out of range`.
    """
    held: tuple[Any, ...] = engine_module._PERSISTED_CONNECTION_DIALECTS
    if _Dialect.DUCKDB not in held:
        engine_module._PERSISTED_CONNECTION_DIALECTS = (*held, _Dialect.DUCKDB)


def _end_the_transaction(context: ExceptionContext) -> None:
    """Roll back after a query that raised, or every later check on this connection breaks too."""
    if context.connection is not None:
        context.dialect.do_rollback(context.connection.connection)


@contextmanager
def candidate_source(context: EphemeralDataContext, candidate: Path) -> Iterator[SQLDatasource]:
    """Open the candidate read-only as data source, and close every connection at the end."""
    hold_connections_of_duckdb()
    source = context.data_sources.add_sql(
        "candidate",
        connection_string=f"duckdb:///{candidate}",
        create_temp_table=False,
        kwargs={"connect_args": {"read_only": True}},  # type: ignore[call-arg]
    )
    event.listen(source.get_execution_engine().engine, "handle_error", _end_the_transaction)
    try:
        yield source
    finally:
        source.get_execution_engine().close()
        source.get_engine().dispose()
