"""Lands all of Iv3, made up, in a data folder, as `doelenboom fetch cbs` does from a real server.

    python -m benchmarks.landing FOLDER [--years 2023-2024]

The tables are served on loopback and fetched, checked, landed and turned into Parquet; nothing is
built. Takes about a minute.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

from benchmarks.made_up import YEARS, tables
from doelenboom.commands.arguments import years_between
from doelenboom.ingestion.cbs.fetch import fetch_cbs
from doelenboom.settings import Settings
from doelenboom.sources.cbs.datasets import IV3, KEY_FIGURES, POPULATION
from tests.cbs_server.server import CbsServer


def main() -> None:
    """Land the years that are asked for, and print what landed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--years", help="a range, 2023-2024; all if left out")
    options = parser.parse_args()
    land(options.folder, years_between(options.years) if options.years else YEARS)


def land(folder: Path, years: Sequence[int] = YEARS) -> None:
    """Land the made-up tables of some years in a data folder."""
    with CbsServer(tables(years)) as server:
        settings = Settings(data_dir=folder, cbs_url=server.url, cbs_iv3_url=server.url)
        for news in fetch_cbs(settings, (IV3, POPULATION, KEY_FIGURES)):
            assert news.outcome == "landed", news.failure
            print(f"{news.dataset:12s}{news.table}{news.rows:>12,} rows")


if __name__ == "__main__":
    main()
