"""A few lines for the terminal that say what was published, every figure read from the marts.

Computes no figure but counts of rows and one share; formats numbers for the eye.
"""

from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from doelenboom.codes import codes
from doelenboom.errors import RefusedError
from doelenboom.publication.reading.reader import CATALOG
from doelenboom.storage.files import refusing
from doelenboom.storage.resources import attach_read_only, sql_name

NOT_PUBLISHED = "not published"

PROGRAMMES = """
    select
        municipality_code, fiscal_year, programme_code, municipality_name, programme_name,
        net_cost_after_reserves_actual_keur, net_cost_after_reserves_final_budget_keur,
        net_cost_after_reserves_original_budget_keur, net_cost_after_reserves_variance_keur,
        net_cost_actual_keur, net_cost_final_budget_keur, net_cost_original_budget_keur,
        net_cost_variance_keur, expenses_actual_keur, expenses_final_budget_keur,
        expenses_original_budget_keur, expenses_variance_keur,
        explained_variance_keur, gross_variance_keur, gross_variance_covered_keur,
        unexplained_lines, largest_unexplained_line, transfer_to_reserves_beyond_budget_keur,
        indicators_own, indicators_statutory
    from marts.programme_results
    order by municipality_code, fiscal_year, programme_code
"""

VERDICTS = """
    select
        coalesce(verdict, 'without verdict') as verdict, count(*) as n,
        count(*) filter (where margin_status = 'not_printed') as no_margin,
        count(*) filter (where verdict_basis = 'stated') as stated
    from marts.indicator_results
    where
        municipality_code = ? and fiscal_year = ? and programme_code = ?
        and indicator_kind = 'own'
    group by all
    order by all
"""

MEASURES = {
    "net_cost_after_reserves": "net cost after reserves",
    "net_cost": "net cost before reserves",
    "expenses": "expenses",
}
"""What a programme cost: the first of these that its chapter prints."""

JUDGED = codes("verdict_computed")


def headline_lines(database: Path) -> list[str]:
    """Say in plain English what each programme cost and how its indicators did.

    Two lines per programme, ordered by municipality, year and programme; amounts in thousands
    of euro. What is null in the marts is called not published. Raises `RefusedError` when the
    database is missing or lacks a mart or column.
    """
    if not database.is_file():
        raise RefusedError("nothing is published yet: run `doelenboom run` first")
    with (
        refusing(f"{database} has no headlines"),
        duckdb.connect() as connection,
    ):
        attach_read_only(connection, database, CATALOG)
        connection.execute(f"use {sql_name(CATALOG)}")
        lines = []
        for row in _rows(connection, PROGRAMMES, []):
            key = [row["municipality_code"], row["fiscal_year"], row["programme_code"]]
            lines.append(_money_line(row))
            lines.append(_indicator_line(row, _rows(connection, VERDICTS, key)))
        return lines


def _rows(
    connection: duckdb.DuckDBPyConnection, sql: str, values: list[Any]
) -> list[dict[str, Any]]:
    cursor = connection.execute(sql, values)
    names = [column[0] for column in cursor.description or []]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _programme(row: dict[str, Any]) -> str:
    name = row["municipality_name"] or row["municipality_code"]
    title = f" {row['programme_name']}" if row["programme_name"] else ""
    return f"{name} {row['fiscal_year']}, programme {row['programme_code']}{title}"


def _money_line(row: dict[str, Any]) -> str:
    printed = [name for name in MEASURES if row[f"{name}_actual_keur"] is not None]
    net = next(iter(printed or MEASURES))
    cost = (
        f"{MEASURES[net]} {_keur(row[f'{net}_actual_keur'])}"
        f" against a final budget of {_keur(row[f'{net}_final_budget_keur'])}"
        f" (original {_keur(row[f'{net}_original_budget_keur'])}), in thousands of euro"
    )
    variance = f"variance {_variance(row[f'{net}_variance_keur'])}, {_explained(row)}"
    parts = [cost, f"{variance}, {_gross(row)}", _beyond_budget(row)]
    return f"{_programme(row)}: {'; '.join(parts)}"


def _keur(amount: Decimal | None) -> str:
    """Format thousands of euro with commas, decimals only where there are any."""
    return NOT_PUBLISHED if amount is None else f"{amount.normalize():,f}"


def _variance(amount: Decimal | None) -> str:
    if not amount:
        return _keur(amount)
    return f"{_keur(abs(amount))} {'favourable' if amount > 0 else 'unfavourable'}"


def _explained(row: dict[str, Any]) -> str:
    explained = row["explained_variance_keur"]
    return (
        "no explanation published"
        if explained is None
        else f"of which {_keur(explained)} is explained net"
    )


def _gross(row: dict[str, Any]) -> str:
    """Say what share of the gross variance has no explanation: net alone would flatter."""
    gross, covered = row["gross_variance_keur"], row["gross_variance_covered_keur"]
    if gross is None or covered is None:
        return f"gross variance {NOT_PUBLISHED}"
    if gross == 0:
        return "gross variance nil"
    if row["explained_variance_keur"] is None:
        return f"gross variance {_keur(gross)}"
    share = (gross - covered) / gross * 100
    lines = row["unexplained_lines"]
    which = "" if lines is None else f" (lines: {lines}{_largest(row)})"
    return f"{share:.1f} % of the gross variance of {_keur(gross)} without explanation{which}"


def _largest(row: dict[str, Any]) -> str:
    name = row["largest_unexplained_line"]
    return f", the largest {name}" if name else ""


def _beyond_budget(row: dict[str, Any]) -> str:
    amount = row["transfer_to_reserves_beyond_budget_keur"]
    if amount is None:
        return f"additions to reserves beyond the budget {NOT_PUBLISHED}"
    return f"{_keur(amount) if amount > 0 else 'nothing'} added to reserves beyond the budget"


def _indicator_line(row: dict[str, Any], verdicts: list[dict[str, Any]]) -> str:
    statutory = f"{_count(row['indicators_statutory'])} statutory indicators"
    if not verdicts:
        return f"{_programme(row)}: no own indicators published; {statutory}"
    counts = {verdict["verdict"]: verdict["n"] for verdict in verdicts}
    named = [f"{counts.pop(verdict, 0)} {verdict}" for verdict in JUDGED]
    named += [f"{n} {verdict.replace('_', ' ')}" for verdict, n in counts.items()]
    decided = [v for v in verdicts if v["verdict"] in ("met", "missed")]
    return (
        f"{_programme(row)}: {_count(row['indicators_own'])} own indicators:"
        f" {', '.join(named)}; margin of error not printed for"
        f" {sum(v['no_margin'] for v in decided)} of {sum(v['n'] for v in decided)} met or"
        f" missed; {sum(v['stated'] for v in verdicts)} verdicts as stated by the source;"
        f" {statutory}"
    )


def _count(number: int | None) -> str:
    return NOT_PUBLISHED if number is None else str(number)
