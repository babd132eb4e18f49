"""The few shapes that every suite is made of: severities, and expectations used by many tables.

What a single table should look like does not live here but in its suite. Each expectation
carries `meta={'check': '<table>.<what holds>'}`, by which its result is found again, and a
description that says what holds.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from doelenboom.validation import library as gxe
from doelenboom.validation.library import Expectation

Suite = Callable[[], list[Expectation]]

FIRST_YEAR, LAST_YEAR = 2010, 2030
LARGEST_KEUR = 10_000_000
"""Ten billion euro: more than any Dutch municipality spends, so beyond it the unit is wrong."""

PROGRAMME = "municipality_code, fiscal_year, programme_code"
SAME_PROGRAMME = " and ".join(f"batch.{key} = programme.{key}" for key in PROGRAMME.split(", "))


def blocks(check: str, holds: str) -> dict[str, Any]:
    """Give the fields of an expectation that blocks publication; `holds` reads after 'expected'."""
    return {"meta": {"check": check, "holds": holds}, "description": f"{check}: {holds}"} | {
        "severity": "critical"
    }


def unlikely(check: str, holds: str) -> dict[str, Any]:
    """Give the fields of an expectation that only warns, because its threshold is provisional.

    Such thresholds were chosen with the data at hand in view.
    """
    fields = blocks(check, holds)
    description = f"{fields['description']} (warns only: provisional threshold)"
    return fields | {"description": description, "severity": "warning"}


def offenders(query: str, about: Mapping[str, Any]) -> Expectation:
    """Expect that `query`, which reads the validated table as `batch`, returns no rows.

    Other marts of the candidate are read by their full name. Braces may be written singly.
    """
    escaped = query.strip().replace("{", "{{").replace("}", "}}")
    return gxe.UnexpectedRowsExpectation(
        unexpected_rows_query=f"with batch as (select * from {{batch}})\n{escaped}", **about
    )


def has_rows(table: str, at_least: int = 1) -> Expectation:
    """Expect at least so many rows: on an empty table most other expectations pass."""
    rows = "row" if at_least == 1 else "rows"
    about = blocks(f"{table}.has_rows", f"at least {at_least} {rows}")
    return gxe.ExpectTableRowCountToBeBetween(min_value=at_least, **about)


def every_programme_has(check: str, what: str, part: str, condition: str = "true") -> Expectation:
    """Expect at least one row of the table for each programme whose chapter prints a part.

    `marts.chapter_parts` says what a chapter prints; `condition` is SQL over `batch`, this table.
    """
    query = f"""
        select {PROGRAMME}, rows_n
        from marts.chapter_parts as programme
        where part = '{part}' and rows_n > 0
            and not exists (select 1 from batch where {SAME_PROGRAMME} and ({condition}))
    """
    return offenders(query, blocks(check, f"{what} for every programme that prints one"))


def years_within_range(table: str, column: str = "fiscal_year") -> Expectation:
    """Expect years between the first and the last that the warehouse can mean."""
    about = blocks(f"{table}.{column}_within_range", f"years from {FIRST_YEAR} to {LAST_YEAR} only")
    return gxe.ExpectColumnValuesToBeBetween(
        column=column, min_value=FIRST_YEAR, max_value=LAST_YEAR, **about
    )


def amounts_within_range(table: str, columns: Sequence[str]) -> Expectation:
    """Expect every amount within plus or minus `LARGEST_KEUR` thousands of euro."""
    largest = ", ".join(f"abs({column})" for column in columns)
    return offenders(
        f"select * from batch where greatest({largest}) > {LARGEST_KEUR}",
        blocks(f"{table}.amounts_within_range", "amounts within 10 million thousands of euro"),
    )
