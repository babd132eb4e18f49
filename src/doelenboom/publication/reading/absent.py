"""Why an answer is empty: what `marts.coverage` says of the municipalities and years asked for."""

import re
from collections.abc import Sequence
from pathlib import Path

import duckdb

from doelenboom.publication.reading.reader import open_published
from doelenboom.storage.resources import DuckDBResources

WORD = re.compile(r"'([^']+)'|=\s*([^\s'=]+)")
CODE = re.compile(r"GM\d{4}")
YEAR = re.compile(r"(?<![\w.])(20\d\d)(?![\w.])")
TOLD = 8
"""How many sentences are enough."""

KNOWN = """
    select municipality_code, municipality_name from marts.dim_municipality_current
    where list_contains($words, lower(municipality_code))
        or list_contains($words, lower(municipality_name))
    order by municipality_code
"""
GAPS = """
    select dataset, report, level, status, reason, list(fiscal_year order by fiscal_year)
    from marts.coverage
    where municipality_code = $code
        and status != 'complete'
        and (len($years) = 0 or list_contains($years, fiscal_year))
    group by all
    order by status, dataset, report, level
"""


def why_empty(database: Path, asked: str, *, resources: DuckDBResources) -> list[str]:
    """Tell what is not in of the municipalities and years that a question names.

    `asked` is a statement or `KEY=VALUE` pairs: municipalities are found by code or whole name,
    years as numbers of 2000 to 2099.
    """
    words = [first or second for first, second in WORD.findall(asked)]
    years = sorted({int(year) for year in YEAR.findall(asked)})
    with open_published(database, resources) as connection:
        if not _has_coverage(connection):
            return []
        places = connection.execute(KNOWN, {"words": [word.lower() for word in words]}).fetchall()
        unknown = sorted(set(filter(CODE.fullmatch, words)) - {code for code, _ in places})
        told = [f"No municipality has the code {code}." for code in unknown]
        for code, name in places:
            gaps = connection.execute(GAPS, {"code": code, "years": years}).fetchall()
            told += [
                f"{name} ({code}), {_span(when)}: {dataset} {report}, {level}: {status}. {reason}."
                for dataset, report, level, status, reason, when in gaps
            ]
    more = len(told) - TOLD
    return [*told[:TOLD], *([f"{more} more in marts.coverage."] if more > 0 else [])]


def _has_coverage(connection: duckdb.DuckDBPyConnection) -> bool:
    """An earlier release has none."""
    found = connection.execute(
        "select 1 from duckdb_tables() where schema_name = 'marts' and table_name = 'coverage'"
    )
    return bool(found.fetchall())


def _span(years: Sequence[int]) -> str:
    """Write years as runs: `2017-2020, 2022`."""
    runs: list[list[int]] = []
    for year in years:
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return ", ".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)
