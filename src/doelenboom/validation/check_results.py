"""Every check result of a run as one table, the source that `marts.data_quality` is built from.

Writes one Parquet file. Judges nothing: results come in as they were found.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

SCHEMA = pa.schema(
    [
        ("check_name", pa.string()),
        ("subject", pa.string()),
        ("kind", pa.string()),
        ("severity", pa.string()),
        ("status", pa.string()),
        ("observed", pa.string()),
        ("expected", pa.string()),
        ("owner", pa.string()),
        ("since", pa.date32()),
        ("explanation", pa.string()),
    ]
)


def write_check_results(path: Path, checks: Iterable[Mapping[str, Any]]) -> None:
    """Write one row per check, sorted by name and subject; all columns text but `since`, a date.

    Raises `KeyError` for a result that lacks a column, `OSError` when the disk fails.
    """
    rows = sorted(
        ({name: check[name] for name in SCHEMA.names} for check in checks),
        key=lambda row: (row["check_name"], row["subject"]),
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.Table.from_pylist(rows, schema=SCHEMA), path)
