"""The shapes in which a dataset of CBS is declared (`datasets` holds the declarations).

Titles are regular expressions that match a whole title, whatever its case, after runs of white
space became one space: CBS numbers its columns anew in each edition, and titles stay.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Service(StrEnum):
    """A server of CBS with a catalog of its own."""

    open_data = "open_data"
    iv3 = "iv3"


@dataclass(frozen=True)
class Topic:
    """A column of figures: its raw name, its title, and that of a group around it if it needs one.

    An `optional` one is absent from some editions, and then null. Some hold `text`, no figures.
    """

    name: str
    title: str
    group: str | None = None
    optional: bool = False
    text: bool = False


@dataclass(frozen=True)
class Dimension:
    """A column of codes: its raw name and its title or key.

    `codes` is the raw table of its codes and titles, `fields` the columns of that table by the
    source's name. Rows may be limited to codes of one `title_of_code` or to a `prefix`.
    """

    name: str
    title: str
    codes: str | None = None
    fields: Mapping[str, str] | None = None
    title_of_code: str | None = None
    prefix: str | None = None


@dataclass(frozen=True)
class Publication:
    """A day on which the table of a year holds something new, so many years after that year."""

    name: str
    years_after: int
    month: int
    day_of_month: int
    days_later: int = 0

    def day(self, year: int) -> date:
        """Give the day for the table of a year."""
        named = date(year + self.years_after, self.month, self.day_of_month)
        return named + timedelta(days=self.days_later)


@dataclass(frozen=True)
class Dataset:
    """What we take from CBS under one name.

    `title` is that of its tables in the catalog, with a group `year` where each year has a table
    of its own, or `base` where each base year of an index has; those from `first_year` on are
    wanted. `non_zero` takes only rows in which
    a topic is neither null nor zero. `all_topics`: a topic that is not declared stops the fetch.
    `largest_drop` is the share of rows that a new delivery may have fewer than the one before.
    `calendar` has the days on which its source says that the table of a year changes, if it does.
    """

    name: str
    about: str
    service: Service
    title: str
    cadence: str
    dimensions: tuple[Dimension, ...]
    topics: tuple[Topic, ...]
    calendar: tuple[Publication, ...] = ()
    rows: str = ""
    first_year: int = 0
    non_zero: bool = False
    all_topics: bool = False
    largest_drop: float = 0.05
    licence: str = "CC BY 4.0"

    @property
    def rows_table(self) -> str:
        """The raw table of its rows; named after the dataset unless `rows` says otherwise."""
        return self.rows or self.name

    @property
    def yearly(self) -> bool:
        """Whether each year has a table of its own."""
        return "(?P<year>" in self.title

    def raw_tables(self) -> dict[str, tuple[str, ...]]:
        """Give the raw tables of the dataset: name to columns, rows first."""
        tables = {
            self.rows_table: (
                "id",
                *(d.name for d in self.dimensions),
                *(t.name for t in self.topics),
            )
        }
        for dimension in self.dimensions:
            if dimension.codes:
                tables[dimension.codes] = tuple((dimension.fields or CODE_FIELDS).values())
        return tables


CODE_FIELDS = {"Key": "code", "Title": "title"}
PERIOD_FIELDS = {**CODE_FIELDS, "Status": "status"}


def matches(title: str, text: str | None) -> bool:
    """Tell whether a declared title matches one of the source."""
    return re.fullmatch(title, squeezed(text), re.IGNORECASE) is not None


def squeezed(text: str | None) -> str:
    """Make runs of white space one space, and none at the ends."""
    return " ".join((text or "").split())
