"""The pages of what landed as one raw table: which file, asked where and when, with which hash.

Says what the manifests of deliveries say, one row per page, so that a release can carry it. No
page is opened here.
"""

import os
from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from doelenboom.landing.delivery import Delivery

PAGES = "pages"
"""The name of the raw table."""

FILE_NAME = "pages.parquet"

_TEXTS = (
    *("dataset", "part", "url", "title", "licence", "modified"),
    *("_table", "_year", "_delivery", "_file", "_sha256", "_fetched_at"),
)
SCHEMA = pa.schema([(name, pa.string()) for name in _TEXTS] + [("rows", pa.int64())])


def build_pages(deliveries: Iterable[Delivery], raw_dir: Path) -> Path:
    """Write the pages of all parts of the deliveries, in the order of table and file.

    The file is there also when nothing has landed. Returns its path.
    """
    rows = sorted(
        (row for delivery in deliveries for row in _rows(delivery)),
        key=lambda row: (row["_table"], row["_file"]),
    )
    path = raw_dir / PAGES / FILE_NAME
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f"{path.name}.new")
    pq.write_table(pa.Table.from_pylist(rows, SCHEMA), new, compression="zstd")
    os.replace(new, path)
    return path


def _rows(delivery: Delivery) -> list[dict[str, str | int | None]]:
    header = delivery.header
    return [
        {
            "dataset": header.dataset,
            "part": part.name,
            "url": page.url,
            "title": header.title,
            "licence": header.licence,
            "modified": header.modified,
            "_table": header.table,
            "_year": None if header.year is None else str(header.year),
            "_delivery": delivery.delivery_id,
            "_file": page.file,
            "_sha256": page.sha256,
            "_fetched_at": page.fetched_at,
            "rows": page.rows,
        }
        for part in delivery.parts
        for page in part.pages
    ]
