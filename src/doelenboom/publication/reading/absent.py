"""Why an answer is empty: what is not in, or not called so, of what was asked for.

Reads the words of a question: literals of municipalities, years, peer groups and codes, and the
tables it reads. What is in says `marts.coverage`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import duckdb

from doelenboom.publication.reading.names import MUNICIPALITY_CODE
from doelenboom.publication.reading.reader import open_published
from doelenboom.storage.resources import DuckDBResources

WORD = re.compile(r"'([^']{1,200})'|=\s{0,9}([^\s'=]+)")
YEAR = re.compile(r"(?<![\w.])(20\d\d)(?![\w.])")
TOLD = 8
"""How many sentences are enough."""

DATASETS = {
    "accounts": re.compile(
        r"\b(programme_|goal_tree|indicator_results|action_points|variance_exp|forecasts"
        r"|chapter_|reconciliation)"
    ),
    "financial_ratios": re.compile(r"\bratio_"),
    "structural_features": re.compile(r"\bneighbour"),
}
"""Words in a question by which it is known to be about a dataset; others are about spending."""

KNOWN = """
    select municipality_code, municipality_name, valid_from, valid_to
    from marts.dim_municipality_current
    where list_contains($words, lower(municipality_code))
        or list_contains($words, lower(municipality_name))
    order by municipality_code
"""
ANY_MUNICIPALITY = "select 1 from marts.dim_municipality_current limit 1"
ALIASES = """
    select also_called, municipality_name from marts.dim_municipality_current
    where list_contains($words, lower(also_called))
"""
LABELS = """
    select distinct label_nl, code from marts.code_lists
    where list_contains($words, lower(label_nl)) and label_nl != code and used_in is not null
        and label_nl not in (select code from marts.code_lists)
    order by all
"""
BECAME = """
    select string_agg(distinct successor_name, ', ' order by successor_name)
    from marts.municipality_changes where predecessor_code = $code
"""
WAS = """
    select string_agg(distinct predecessor_name, ', ' order by predecessor_name)
    from marts.municipality_changes where successor_code = $code and year(effective_date) = $year
"""
STRANGERS = """
    select groups.peer_group_code, groups.peer_group_name
    from marts.dim_peer_group as groups
    where list_contains($words, lower(groups.peer_group_code))
        and not exists (
            select 1 from marts.peer_group_members as members
            where members.peer_group_code = groups.peer_group_code
                and members.municipality_code = $code
        )
"""
REPORTS = """
    select years.fiscal_year, list(distinct report order by report) filter (report is not null)
    from (select unnest($years) as fiscal_year) as years
    left join marts.coverage
        on years.fiscal_year = coverage.fiscal_year
        and coverage.dataset = 'iv3' and coverage.status != 'absent'
    group by years.fiscal_year
    order by years.fiscal_year
"""
CHAPTERS = """
    select string_agg(
        concat_ws(' ', municipality_name, fiscal_year, programme_name), '; '
        order by municipality_name, fiscal_year, programme_code
    )
    from marts.programme_results
"""
GAPS = """
    select dataset, report, level, status, reason, list(fiscal_year order by fiscal_year)
    from marts.coverage
    where municipality_code = $code
        and dataset = $dataset
        and status != 'complete'
        and (len($years) = 0 or list_contains($years, fiscal_year))
    group by all
    order by status, dataset, report, level
"""


@dataclass(frozen=True)
class Asked:
    """What a question names: its literals in lower case and as they are, and its years."""

    text: str
    literals: list[str]
    years: list[int]

    @property
    def words(self) -> list[str]:
        return [literal.lower() for literal in self.literals]

    @property
    def dataset(self) -> str:
        return next((name for name, found in DATASETS.items() if found.search(self.text)), "iv3")


class Place(NamedTuple):
    """A municipality with its first and last day, each where there was one."""

    code: str
    name: str
    first: date | None
    last: date | None


class Reader:
    """The published database, of which an earlier release may lack some tables or columns."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def rows(self, sql: str, **parameters: object) -> list[tuple[Any, ...]]:
        """Give the rows of a query; none where the release has not what it reads."""
        try:
            return self._connection.execute(sql, parameters).fetchall()
        except (duckdb.CatalogException, duckdb.BinderException):
            return []


def why_empty(database: Path, asked: str, *, resources: DuckDBResources) -> list[str]:
    """Tell what is not in, or not called so, of what a question names.

    `asked` is a statement or `KEY=VALUE` pairs: municipalities are found by code or whole name,
    years as numbers of 2000 to 2099.
    """
    literals = [first or second for first, second in WORD.findall(asked)]
    question = Asked(asked, literals, sorted({int(year) for year in YEAR.findall(asked)}))
    with open_published(database, resources) as connection:
        reader = Reader(connection)
        places = [Place(*row) for row in reader.rows(KNOWN, words=question.words)]
        causes = list(_causes(reader, question, places))
        told = list(dict.fromkeys(causes or _gaps(reader, question, places)))
    more = len(told) - TOLD
    return [*told[:TOLD], *([f"{more} more in marts.coverage."] if more > 0 else [])]


def _causes(reader: Reader, asked: Asked, places: Sequence[Place]) -> Iterator[str]:
    """Say what in a question names nothing, or nothing of its time."""
    for alias, name in reader.rows(ALIASES, words=asked.words):
        yield f"{alias} is called {name} here."
    for label, code in reader.rows(LABELS, words=asked.words):
        yield f"{label!r} is the word for the code {code!r}."
    named = {each.upper() for each in asked.literals if MUNICIPALITY_CODE.fullmatch(each)}
    codes = named - {place.code for place in places}
    for code in sorted(codes) if reader.rows(ANY_MUNICIPALITY) else ():
        yield f"No municipality has the code {code}."
    for place in places:
        if place.name.lower() in asked.words and not {place.name, place.code} & {*asked.literals}:
            yield f"It is written {place.name!r}."
        yield from _of_its_time(reader, place, asked.years)
        for group, group_name in reader.rows(STRANGERS, words=asked.words, code=place.code):
            yield f"{place.name} is no member of {group} ({group_name})."
    yield from _of_the_years(reader, asked)


def _gaps(reader: Reader, asked: Asked, places: Sequence[Place]) -> Iterator[str]:
    """Say what is not in of the municipalities, of the dataset that was asked for."""
    for place in places:
        gaps = reader.rows(GAPS, code=place.code, years=asked.years, dataset=asked.dataset)
        for dataset, report, level, status, reason, when in gaps:
            of = dataset if report in (dataset, "not_applicable") else f"{dataset} {report}"
            yield (
                f"{place.name} ({place.code}), {_spans(when)}: {of}, {level}: {status}. {reason}."
            )


def _of_its_time(reader: Reader, place: Place, years: Sequence[int]) -> Iterator[str]:
    """Say of a municipality that it was not there in a year, and who was in its place."""
    name, first, last = f"{place.name} ({place.code})", place.first, place.last
    if last is not None and any(year > last.year for year in years):
        ((became,),) = reader.rows(BECAME, code=place.code) or [(None,)]
        yield f"{name} ended on {last}" + (f" and went to {became}." if became else ".")
    if first is not None and any(year < first.year for year in years):
        ((was,),) = reader.rows(WAS, code=place.code, year=first.year) or [(None,)]
        yield f"{name} began on {first}" + (f", from {was}." if was else ".")


def _of_the_years(reader: Reader, asked: Asked) -> Iterator[str]:
    """Say which reports or chapters there are, where not those that were asked for."""
    if asked.dataset == "accounts":
        for (chapters,) in reader.rows(CHAPTERS):
            if chapters:
                yield f"Of annual accounts these chapters are in, no others: {chapters}."
        return
    for year, reports in reader.rows(REPORTS, years=asked.years) if asked.years else ():
        if not reports:
            yield f"No spending of {year} is in."
        elif "accounts" not in reports and "accounts" in asked.text:
            yield f"Of {year} the {' and '.join(reports)} is in, no accounts."


def _spans(years: Sequence[int]) -> str:
    """Write years as runs: `2017-2020, 2022`."""
    runs: list[list[int]] = []
    for year in years:
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return ", ".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)
