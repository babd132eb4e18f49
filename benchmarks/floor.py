"""The floor: the SQL of commit 6fc2986 and nothing else, in one connection of DuckDB.

    python -m benchmarks.floor DATA_FOLDER

`floor.sql` holds the compiled models of that commit in order of dependency, and stays as it is: it
is what a night is measured by. Built in a temporary folder on the raw tables of a data folder.
"""

import argparse
import tempfile
from pathlib import Path

import duckdb

from doelenboom.settings import PROJECT_DIR

SCRIPT = Path(__file__).with_name("floor.sql")
THREADS, MEMORY = 2, "4GB"


def main() -> None:
    """Build every model once."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="a data folder whose raw tables are there")
    options = parser.parse_args()
    places = {"${DATA}": options.data.resolve(), "${SEEDS}": PROJECT_DIR / "seeds"}
    script = SCRIPT.read_text(encoding="utf-8")
    for word, place in places.items():
        script = script.replace(word, str(place))
    with tempfile.TemporaryDirectory() as folder:
        config: dict[str, str | bool | int | float | list[str]] = {
            "threads": THREADS,
            "memory_limit": MEMORY,
            "storage_compatibility_version": "v1.2.0",
            "temp_directory": f"{folder}/spill",
        }
        with duckdb.connect(f"{folder}/floor.duckdb", config=config) as connection:
            connection.execute(script)


if __name__ == "__main__":
    main()
