"""JSON pages of deliveries as Parquet: one file per raw table and source table.

Every column is text as it was sent (padding included, numbers as the shortest text that is the
same number) plus lineage: `_table, _year, _delivery, _file, _sha256, _fetched_at` and `_line`, the
number of the row on its page. Memory holds a few pages at a time.
"""

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from doelenboom.arrow_json import NotRowsError, Rows, read_rows
from doelenboom.errors import RefusedError, in_one_line
from doelenboom.landing.delivery import Delivery, Header, LandedPage, LandedPart, page_bytes
from doelenboom.raw.pages import PAGES, build_pages
from doelenboom.storage.files import sha256_file

EMPTY_NAME = "none.parquet"
SEAL = ".sha256"
"""Ends the name of the file beside one with rows that says what its bytes were: Parquet itself does
not tell a changed value from another one."""

FORMAT = "1"
"""Raised when the same landing gives another Parquet file: raw is then built anew."""

ROW_GROUP_ROWS = 120_000
TEXT_PER_PAGE = pa.dictionary(pa.int32(), pa.string())
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

    What was built from the same delivery in the same way, and is as it was built, is left alone;
    what belongs to none of them is removed. Each raw table also has a file without rows, so that it
    can always be read, and the table `pages` (see `pages`) stands beside them.

    Raises RefusedError naming the file and column of a page that is not what its manifest says.
    """
    deliveries = list(deliveries)
    files: list[RawFile] = []
    for name, columns in tables.items():
        _build_empty(raw_dir / name / EMPTY_NAME, columns)
    for delivery in deliveries:
        for part in delivery.parts:
            if part.name in tables:
                files.append(_build_part(delivery, part, raw_dir, tables[part.name]))
    wanted = {file.path for file in files} | {raw_dir / name / EMPTY_NAME for name in tables}
    wanted |= {file.path.with_suffix(SEAL) for file in files}
    wanted.add(build_pages(deliveries, raw_dir))
    for path in sorted(raw_dir.glob("*/*")):
        if path.is_file() and path not in wanted:
            path.unlink()
    return files


def build_missing(raw_dir: Path, tables: Tables) -> None:
    """Make every raw table that is not there yet readable, without rows; leave the others alone."""
    for name, columns in tables.items():
        if not any((raw_dir / name).glob("*.parquet")):
            _build_empty(raw_dir / name / EMPTY_NAME, columns)
    if not any((raw_dir / PAGES).glob("*.parquet")):
        build_pages([], raw_dir)


def _build_part(
    delivery: Delivery, part: LandedPart, raw_dir: Path, columns: Sequence[str]
) -> RawFile:
    """Build the file of one part, unless it is there already. Raises as `build_raw`."""
    path = raw_dir / part.name / f"{delivery.header.table}.parquet"
    if _stamp(path) != _schema(columns, delivery.delivery_id).metadata or not _is_sealed(path):
        new = path.with_name(f"{path.name}.new")
        with PartWriter(
            new, delivery.header, delivery.delivery_id, part.columns, columns
        ) as writer:
            for page in part.pages:
                body = page_bytes(delivery.folder, page)
                writer.write(page, _rows(delivery.folder / page.file, page, body))
        _put(new, path)
    return RawFile(part.name, path, part.rows, delivery.delivery_id)


def hand_over(file: Path, raw_dir: Path, table: str) -> None:
    """Put a file that a `PartWriter` finished in its place below `raw_dir`."""
    target = raw_dir / table / file.name
    target.parent.mkdir(parents=True, exist_ok=True)
    _put(file, target)


def _put(new: Path, path: Path) -> None:
    """Put a finished file in its place; it is sealed last, so one that broke off is built anew."""
    sha256 = sha256_file(new)
    os.replace(new, path)
    path.with_suffix(SEAL).write_text(sha256, encoding="utf-8")


def _is_sealed(path: Path) -> bool:
    """Tell whether a file is, byte for byte, what was put there."""
    try:
        return path.with_suffix(SEAL).read_bytes() == sha256_file(path).encode()
    except OSError:
        return False


class PartWriter:
    """Writes the pages of a part, one by one, as the Parquet file that raw has of them.

    `keys` gives the raw name of each of the source's columns, `columns` those of the raw table. The
    same pages give the same bytes, whether they are on their way to landing or come from there.
    """

    def __init__(
        self,
        path: Path,
        header: Header,
        delivery_id: str,
        keys: Mapping[str, str],
        columns: Sequence[str],
    ) -> None:
        self._path, self._header, self._delivery_id = path, header, delivery_id
        self._keys = {name: key for key, name in keys.items()}
        self._columns = columns
        self._schema = _schema(columns, delivery_id)
        self._repeating = [name for name in (*columns, *LINEAGE) if name != "id"]
        self._waiting: list[tuple[LandedPage, pa.Table]] = []

    def __enter__(self) -> "PartWriter":
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._writer = pq.ParquetWriter(
            self._path, self._schema, compression="zstd", use_dictionary=self._repeating
        )
        return self

    def __exit__(
        self,
        failed: type[BaseException] | None,
        _error: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None:
        if failed is None:
            self._flush()
        self._writer.close()
        if failed is not None:
            self._path.unlink()

    def write(self, page: LandedPage, rows: Rows) -> None:
        """Add a page. Raises RefusedError naming its file and the column that it does not have.

        Pages are joined until they make a row group: many small groups are slow to read.
        """
        arrays = [self._text(page, rows, name) for name in self._columns]
        self._waiting.append((page, pa.table(arrays, list(self._columns))))
        if sum(page.rows for page, _ in self._waiting) >= ROW_GROUP_ROWS:
            self._flush()

    def _flush(self) -> None:
        if not self._waiting:
            return
        pages = [page for page, _ in self._waiting]
        values = pa.concat_tables([table for _, table in self._waiting])
        lineage = self._lineage(pages)
        table = pa.table([*values.columns, *lineage], self._schema)
        self._writer.write_table(table, row_group_size=max(table.num_rows, 1))
        self._waiting = []

    def _lineage(self, pages: Sequence[LandedPage]) -> list[pa.Array]:
        """Where each row comes from: one text per page, and the number of the row on it."""
        header = self._header
        year = None if header.year is None else str(header.year)
        counts = [page.rows for page in pages]
        page_of_row = np.repeat(np.arange(len(pages), dtype=np.int32), counts)
        texts = (
            [header.table] * len(pages),
            [year] * len(pages),
            [self._delivery_id] * len(pages),
            [page.file for page in pages],
            [page.sha256 for page in pages],
            [page.fetched_at for page in pages],
        )
        lines = np.concatenate([np.arange(1, count + 1, dtype=np.int32) for count in counts])
        return [
            *(_repeated(page_of_row, per_page) for per_page in texts),
            pa.array(lines),
        ]

    def _text(self, page: LandedPage, rows: Rows, name: str) -> pa.Array:
        """One column as text; of one that the delivery or an empty page does not have, nulls."""
        key = self._keys.get(name)
        if key is None or not page.rows:
            return pa.nulls(page.rows, pa.string())
        try:
            column = rows.column(key)
        except KeyError:
            raise RefusedError(f"{page.file} has no column {key}") from None
        return pc.cast(column, pa.string())


def _build_empty(path: Path, columns: Sequence[str]) -> None:
    schema = _schema(columns, "none")
    if _stamp(path) != schema.metadata:
        path.parent.mkdir(parents=True, exist_ok=True)
        new = path.with_name(f"{path.name}.new")
        pq.write_table(schema.empty_table(), new, compression="zstd")
        os.replace(new, path)


def _schema(columns: Sequence[str], delivery_id: str) -> pa.Schema:
    fields = [(name, pa.string()) for name in columns]
    fields += [(name, TEXT_PER_PAGE) for name in LINEAGE]
    stamp = {"delivery": delivery_id, "columns": ",".join(columns), "format": FORMAT}
    return pa.schema([*fields, ("_line", pa.int32())], metadata=stamp)


def _stamp(path: Path) -> dict[bytes, bytes] | None:
    """What a file says it was built from; None for one that is missing or no Parquet."""
    try:
        stamp: dict[bytes, bytes] | None = pq.read_schema(path).metadata
    except (OSError, pa.ArrowException, ValueError):  # names that are no UTF-8
        return None
    return stamp


def _rows(path: Path, page: LandedPage, body: bytes) -> Rows:
    try:
        rows = read_rows(body)
    except NotRowsError as error:
        raise RefusedError(f"{path} is no page of rows: {in_one_line(str(error))}") from error
    if len(rows.values) != page.rows:
        raise RefusedError(f"{path} has {len(rows.values)} rows, expected {page.rows}")
    return rows


def _repeated(page_of_row: Any, texts: Sequence[str | None]) -> pa.Array:
    """A text for each row out of one per page; all null where the first is."""
    if texts[0] is None:
        return pa.nulls(len(page_of_row), TEXT_PER_PAGE)
    return pa.DictionaryArray.from_arrays(page_of_row, pa.array(texts, pa.string()))
