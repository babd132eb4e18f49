"""The way of figures of CBS: mart, staging, cells in raw, page and line in landing, URL.

Raw holds the newest delivery of a table. Where a release was made from an earlier one, that
delivery, which landing keeps, is read again.
"""

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from doelenboom.errors import RefusedError
from doelenboom.landing.delivery import Delivery, read_delivery
from doelenboom.landing.store import find_delivery
from doelenboom.publication.trace_node import TraceNode
from doelenboom.raw.parquet import build_part

Row = Mapping[str, str | None]

CELLS = "iv3_cells"
CELL_COLUMNS = (
    "id",
    "taakveld_code",
    "category_code",
    "report_code",
    "region_code",
    "first_publication",
    "second_publication",
)
REPORT_SUFFIXES = {
    "budget": "X000",
    "q1": "X001",
    "q2": "X002",
    "q3": "X003",
    "q4": "X004",
    "accounts": "X005",
}
CATEGORIES = {
    "expenses_keur": "^L[0-9]",
    "revenue_keur": "^B[0-9]",
    "net_cost_keur": "^[LB][0-9]",
    "closing_difference_keur": "^[LB][0-9]",
    "expenses_eur_per_inhabitant": "^L[0-9]",
    "expenses_real_eur_per_inhabitant": "^L[0-9]",
}
"""Which categories of Iv3 a figure is the sum of."""

OTHER_INPUTS = {
    "inhabitants": ("inhabitants",),
    "price_index": ("price_index",),
    "expenses_eur_per_inhabitant": ("inhabitants",),
    "expenses_real_eur_per_inhabitant": ("inhabitants", "price_index"),
}
SOURCES = {"inhabitants": "inhabitants_source", "price_index": "price_index_source"}
BUNDLED = {"taakveld_spending": "iv3_amounts", "iv3_deliveries": "iv3_totals"}
CBS_TABLES = ("taakveld_spending", "iv3_deliveries", "cluster_spending", "dim_price_index")


@dataclass(frozen=True)
class Place:
    """Where to look: the published database, the data folder, hashes of the release's inputs."""

    connection: duckdb.DuckDBPyConnection
    data_dir: Path
    file_hashes: Mapping[str, str]


def cbs_inputs(place: Place, table: str, column: str, row: Row) -> tuple[TraceNode, ...]:
    """Give the inputs of a figure of one of `CBS_TABLES`.

    Raises RefusedError for a column that is no figure, and when landing no longer holds what the
    release was made from.
    """
    if column not in CATEGORIES and column not in OTHER_INPUTS:
        raise RefusedError(f"marts.{table}.{column} is no figure with a recorded source")
    nodes: list[TraceNode] = []
    if column in CATEGORIES:
        nodes += _amounts(place, table, column, row)
    for name in OTHER_INPUTS.get(column, ()):
        source = row.get(SOURCES[name])
        if source:
            nodes.append(_other_input(place, name, row[name], source))
    return tuple(nodes)


def _amounts(place: Place, table: str, column: str, row: Row) -> list[TraceNode]:
    if row["value_status"] == "not_reported":
        return []
    if row["source_delivery"] is None and table in BUNDLED:
        return [_bundled(place, BUNDLED[table], column, row)]
    if table == "taakveld_spending":
        return _cells(place, column, row)
    return _parts(place, table, column, row)


def _parts(place: Place, table: str, column: str, row: Row) -> list[TraceNode]:
    """Say which rows of taakveld_spending a total is the sum of."""
    condition = (
        "taakveld_cluster = $cluster"
        if table == "cluster_spending"
        else "taakveld_code not in ('0.10', '0.11') and $cluster is null"
    )
    amount = "expenses_keur" if column.startswith("expenses") else column
    amount = "net_cost_keur" if column == "closing_difference_keur" else amount
    rows = place.connection.execute(
        f"select taakveld_code, cast({amount} as varchar) from marts.taakveld_spending"
        " where municipality_code = $municipality and fiscal_year = $year and report = $report"
        f" and {condition} order by taakveld_code",
        {
            "municipality": row["municipality_code"],
            "year": int(row["fiscal_year"] or 0),
            "report": row["report"],
            "cluster": row.get("cluster_code"),
        },
    ).fetchall()
    label = f"marts.taakveld_spending.{amount}"
    return [TraceNode(label, f"taakveld_code={code}  {value}") for code, value in rows]


def _bundled(place: Place, name: str, column: str, row: Row) -> TraceNode:
    path = f"seeds/benchmarks/{name}.csv"
    amount = "revenue_keur" if column == "revenue_keur" else "expenses_keur"
    period = f"{row['fiscal_year']}{REPORT_SUFFIXES[row['report'] or '']}"
    file_node = TraceNode(
        path,
        f"line {row['source_line']}, {_hash(place, path)}",
        (TraceNode(f"CBS {row['source_table']}", f"{period}, bundled copy"),),
    )
    return TraceNode(
        f"staging.stg_benchmarks__{name}.{amount}", row[amount] or "null", (file_node,)
    )


def _other_input(place: Place, name: str, value: str | None, source: str) -> TraceNode:
    """Follow `inhabitants_source` or `price_index_source`: a bundled line, or a landed one."""
    path, *rest = source.split(":")
    if len(rest) == 1:
        stem = Path(path).stem
        file_node = TraceNode(path, f"line {rest[0]}, {_hash(place, path)}")
        return TraceNode(f"staging.stg_benchmarks__{stem}.{name}", value or "null", (file_node,))
    delivery_id, file, line = rest
    folder, dataset, table = Path(path).parts[-3:]
    delivery = _delivery(place, dataset, Path(table).stem, delivery_id)
    raw_node = TraceNode(path, "", (_page(place, delivery, dataset, file, line),))
    return TraceNode(f"staging.stg_{folder}__{dataset}.{name}", value or "null", (raw_node,))


def _cells(place: Place, column: str, row: Row) -> list[TraceNode]:
    """Find the cells of Iv3 that were added up, in raw or, for an earlier delivery, in landing."""
    table, delivery_id = row["source_table"] or "", row["source_delivery"] or ""
    delivery = _delivery(place, "iv3", table, delivery_id)
    publication = "second" if row["vintage"] == "2" else "first"
    with tempfile.TemporaryDirectory() as scratch:
        file = _raw_file(place, delivery, Path(scratch))
        found = duckdb.execute(
            f"""
            select trim(category_code), {publication}_publication, _file, _line
            from read_parquet($file)
            where trim(region_code) = $municipality
                and trim(report_code) = $report
                and trim(taakveld_code) = $taakveld
                and regexp_matches(category_code, $categories)
                and cast({publication}_publication as decimal(18, 3)) != 0
            order by 1, cast(id as bigint)
            """,
            {
                "file": str(file),
                "municipality": row["municipality_code"],
                "report": f"{row['fiscal_year']}{REPORT_SUFFIXES[row['report'] or '']}",
                "taakveld": row["taakveld_code"],
                "categories": CATEGORIES[column],
            },
        ).fetchall()
    if not found:
        return [TraceNode("staging.stg_cbs__iv3_cells", "no cell that is not zero")]
    raw = f"raw/cbs/{CELLS}/{table}.parquet"
    return [
        TraceNode(
            f"staging.stg_cbs__iv3_cells.{publication}_keur",
            f"{value}  category {category}",
            (TraceNode(raw, "", (_page(place, delivery, CELLS, file_name, str(line)),)),),
        )
        for category, value, file_name, line in found
    ]


def _raw_file(place: Place, delivery: Delivery, scratch: Path) -> Path:
    path = place.data_dir / "raw" / "cbs" / CELLS / f"{delivery.header.table}.parquet"
    if path.is_file():
        stamp = pq.read_schema(path).metadata or {}
        if stamp.get(b"delivery") == delivery.delivery_id.encode():
            return path
    return build_part(delivery, delivery.part(CELLS), scratch, CELL_COLUMNS).path


def _delivery(place: Place, dataset: str, table: str, delivery_id: str) -> Delivery:
    return read_delivery(
        find_delivery(place.data_dir / "landing", "cbs", dataset, table, delivery_id)
    )


def _page(place: Place, delivery: Delivery, part: str, file: str, line: str) -> TraceNode:
    """The page in landing, and where and when it was asked."""
    page = next(page for page in delivery.part(part).pages if page.file == file)
    header = delivery.header
    folder = delivery.folder.relative_to(place.data_dir).as_posix()
    told = f"fetched {page.fetched_at}, table {header.table} of {header.modified}"
    return TraceNode(
        f"{folder}/{file}",
        f"row {line}, sha256 {page.sha256}",
        (TraceNode(page.url, f"{told} ({header.title})"),),
    )


def _hash(place: Place, path: str) -> str:
    return f"sha256 {place.file_hashes.get(path, 'not recorded')}"
