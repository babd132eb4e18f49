"""One way of loading a CBS table that is not ours, in a process and an environment of its own.

    python benchmarks/ingest_others.py WAY URL FOLDER

WAY is `cbsodata` (to Parquet by pandas), `dlt` (its rest_api source and Parquet loader) or
`read_json` (DuckDB on pages that lie in FOLDER). Prints rows, seconds without imports, and peak
memory in MB.
"""

import os
import resource
import sys
import time
from pathlib import Path

TABLE = "45042NED"


def cbsodata(url: str, folder: Path) -> int:
    """Load by the client that most Python programs use for CBS."""
    import cbsodata as client
    import pandas as pd

    client.options.use_https = False
    client.options.catalog_url = url.removeprefix("http://")
    yield_time()
    rows = client.get_data(TABLE)
    pd.DataFrame(rows).to_parquet(folder / "cbsodata.parquet")
    return len(rows)


def dlt(url: str, folder: Path) -> int:
    """Load by dlt's rest_api source into DuckDB, by way of Parquet files."""
    os.environ["RUNTIME__DLTHUB_TELEMETRY"] = "false"
    os.environ["RUNTIME__LOG_LEVEL"] = "ERROR"
    import dlt as library
    import duckdb
    from dlt.sources.rest_api import rest_api_source

    source = rest_api_source(
        {
            "client": {"base_url": f"{url}/ODataFeed/odata/{TABLE}/"},
            "resources": [
                {
                    "name": "cells",
                    "endpoint": {
                        "path": "TypedDataSet",
                        "params": {"$format": "json"},
                        "data_selector": "value",
                        "paginator": {"type": "json_link", "next_url_path": "'odata.nextLink'"},
                    },
                }
            ],
        }
    )
    database = folder / "dlt.duckdb"
    pipeline = library.pipeline(
        "ingest",
        pipelines_dir=str(folder / "pipelines"),
        destination=library.destinations.duckdb(str(database)),
        dataset_name="cbs",
    )
    yield_time()
    pipeline.run(source, loader_file_format="parquet")
    with duckdb.connect(str(database), read_only=True) as connection:
        return int(connection.execute("select count(*) from cbs.cells").fetchall()[0][0])


def read_json(_url: str, folder: Path) -> int:
    """Turn pages on disk into Parquet with DuckDB's own reader."""
    import duckdb

    connection = duckdb.connect(config={"threads": "2"})
    yield_time()
    connection.execute(
        f"copy (select unnest(value, recursive := true) from read_json('{folder}/*.json',"
        f" maximum_object_size = 100000000)) to '{folder}/read_json.parquet' (compression zstd)"
    )
    path = f"{folder}/read_json.parquet"
    return int(connection.execute("select count(*) from read_parquet(?)", [path]).fetchall()[0][0])


_started = 0.0


def yield_time() -> None:
    """Start the clock: imports and settings are done."""
    global _started  # noqa: PLW0603 (a script that measures one thing)
    _started = time.perf_counter()


def main() -> None:
    """Run one way and print what it took."""
    way, url, folder = sys.argv[1], sys.argv[2], Path(sys.argv[3])
    rows = {"cbsodata": cbsodata, "dlt": dlt, "read_json": read_json}[way](url, folder)
    seconds = time.perf_counter() - _started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"result {rows} {seconds:.3f} {peak:.0f}")


if __name__ == "__main__":
    main()
