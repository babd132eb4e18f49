"""JSON pages of deliveries as Parquet: one file per raw table and source table.

Every column is text as it was sent (padding included, numbers as the shortest text that is the
same number) plus lineage: `_table, _year, _delivery, _file, _sha256, _fetched_at` and `_line`, the
number of the row on its page. Memory holds a few pages at a time.
"""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.json as pj
import pyarrow.parquet as pq

from doelenboom.errors import RefusedError
from doelenboom.landing.delivery import Delivery, Page, Part, page_bytes

EMPTY_NAME = "none.parquet"
FORMAT = "1"
"""Raised when the same landing gives another Parquet file: raw is then built anew."""

ROW_GROUP_ROWS = 120_000
LINEAGE = ("_table", "_year", "_delivery", "_file", "_sha256", "_fetched_at")

Tables = Mapping[str, Sequence[str]]
"""The raw tables: name to columns in order."""


@dataclass(frozen=True)
class RawFile:
    """A Parquet file of raw: the raw table it belongs to, and the delivery it was made from."""

    table: str
    path: Path
    rows: int
    delivery_id: str


def build_raw(deliveries: Iterable[Delivery], raw_dir: Path, tables: Tables) -> list[RawFile]:
    """Bring `raw_dir` in line with the deliveries: one file per raw table and delivery.

    What was built from the same delivery in the same way is left alone; what belongs to none of
    them is removed. Each raw table also has a file without rows, so that it can always be read.
    Raises RefusedError naming the file and column of a page that is not what its manifest says.
    """
    files: list[RawFile] = []
    for name, columns in tables.items():
        _build_empty(raw_dir / name / EMPTY_NAME, columns)
    for delivery in deliveries:
        for part in delivery.parts:
            if part.name in tables:
                files.append(build_part(delivery, part, raw_dir, tables[part.name]))
    wanted = {file.path for file in files} | {raw_dir / name / EMPTY_NAME for name in tables}
    for path in sorted(raw_dir.glob("*/*")):
        if path.is_file() and path not in wanted:
            path.unlink()
    return files


def build_part(delivery: Delivery, part: Part, raw_dir: Path, columns: Sequence[str]) -> RawFile:
    """Build the file of one part, unless it is there already. Raises as `build_raw`."""
    path = raw_dir / part.name / f"{delivery.header.table}.parquet"
    schema = _schema(columns, delivery.delivery_id)
    if _stamp(path) != schema.metadata:
        path.parent.mkdir(parents=True, exist_ok=True)
        new = path.with_name(f"{path.name}.new")
        with pq.ParquetWriter(new, schema, compression="zstd") as writer:
            for batch in _row_groups(_batches(delivery, part, columns), schema):
                writer.write_table(batch, row_group_size=ROW_GROUP_ROWS)
        os.replace(new, path)
    return RawFile(part.name, path, part.rows, delivery.delivery_id)


def _build_empty(path: Path, columns: Sequence[str]) -> None:
    schema = _schema(columns, "none")
    if _stamp(path) != schema.metadata:
        path.parent.mkdir(parents=True, exist_ok=True)
        new = path.with_name(f"{path.name}.new")
        pq.write_table(schema.empty_table(), new, compression="zstd")
        os.replace(new, path)


def _schema(columns: Sequence[str], delivery_id: str) -> pa.Schema:
    fields = [(name, pa.string()) for name in (*columns, *LINEAGE)]
    stamp = {"delivery": delivery_id, "columns": ",".join(columns), "format": FORMAT}
    return pa.schema([*fields, ("_line", pa.int32())], metadata=stamp)


def _stamp(path: Path) -> dict[bytes, bytes] | None:
    """What a file says it was built from; None for one that is missing or no Parquet."""
    try:
        stamp: dict[bytes, bytes] | None = pq.read_schema(path).metadata
    except (OSError, pa.ArrowException):
        return None
    return stamp


def _row_groups(tables: Iterator[pa.Table], schema: pa.Schema) -> Iterator[pa.Table]:
    """Join pages until they make a row group: many small groups are slow to read."""
    waiting: list[pa.Table] = []
    rows = 0
    for table in tables:
        waiting.append(table)
        rows += table.num_rows
        if rows >= ROW_GROUP_ROWS:
            yield pa.concat_tables(waiting)
            waiting, rows = [], 0
    if waiting:
        yield pa.concat_tables(waiting).cast(schema)


def _batches(delivery: Delivery, part: Part, columns: Sequence[str]) -> Iterator[pa.Table]:
    keys = {name: key for key, name in part.columns.items()}
    schema = _schema(columns, delivery.delivery_id)
    for page in part.pages:
        path = delivery.folder / page.file
        values = _values(path, page, page_bytes(delivery.folder, page))
        arrays = [_text(path, values, keys.get(name)) for name in columns]
        yield pa.table([*arrays, *_lineage(delivery, page)], schema)


def _values(path: Path, page: Page, body: bytes) -> pa.StructArray:
    """The rows of a page, read by Arrow; text that looks like a time stays text."""
    values = _read(path, body, None)
    times = [field.name for field in values.type if pa.types.is_timestamp(field.type)]
    if times:
        texts = pa.struct([(name, pa.string()) for name in times])
        values = _read(path, body, pa.schema([("value", pa.list_(texts))]))
    if len(values) != page.rows:
        raise RefusedError(f"{path} has {len(values)} rows, expected {page.rows}")
    return values


def _read(path: Path, body: bytes, schema: pa.Schema | None) -> pa.StructArray:
    try:
        document = pj.read_json(
            pa.BufferReader(body),
            pj.ReadOptions(use_threads=False, block_size=len(body) + 1),
            pj.ParseOptions(explicit_schema=schema),
        )
        values = document.column("value").combine_chunks().flatten()
    except (pa.ArrowException, KeyError) as error:
        why = " ".join(str(error).split())
        raise RefusedError(f"{path} is no page of rows of one kind: {why}") from error
    return values if pa.types.is_struct(values.type) else pa.array([], pa.struct([]))


def _text(path: Path, values: pa.StructArray, key: str | None) -> pa.Array:
    """One column as text; of one that the delivery or an empty page does not have, nulls."""
    if key is None or not len(values):
        return pa.nulls(len(values), pa.string())
    place = values.type.get_field_index(key)
    if place < 0:
        raise RefusedError(f"{path} has no column {key}")
    column = values.flatten()[place]
    if pa.types.is_nested(column.type):
        raise RefusedError(f"{path} column {key} holds {column.type}, expected single values")
    return pc.cast(column, pa.string())


def _lineage(delivery: Delivery, page: Page) -> list[pa.Array]:
    year = delivery.header.year
    texts = (
        delivery.header.table,
        None if year is None else str(year),
        delivery.delivery_id,
        page.file,
        page.sha256,
        page.fetched_at,
    )
    repeated = [pa.repeat(pa.scalar(text, pa.string()), page.rows) for text in texts]
    return [*repeated, pa.array(range(1, page.rows + 1), pa.int32())]
