"""Rows of a file held against all else that counts: those that fit are kept, the others told.

Nothing is read from the inbox here, and nothing kept.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from doelenboom.ingestion.documented import Document, Rows, place_of_row, with_own_tables
from doelenboom.landing.accepted import (
    KeptDelivery,
    RefusedCell,
    counted_deliveries,
    documents_taken,
    kept_deliveries,
)
from doelenboom.raw.accounts import AccountsInForce, accounts_in_force
from doelenboom.raw.vintages import DOCUMENTS, MADE_HERE, RowInForce, Shapes, Vintage, row_in_force
from doelenboom.settings import Settings
from doelenboom.sources.accounts.package import read_known_municipalities
from doelenboom.sources.accounts.problems import PackageProblem
from doelenboom.sources.accounts.rules import Periods
from doelenboom.sources.inbox.delivered import Delivery

BLOCKS = ("programme_finance", "budget_years", "peer_groups", "taakveld_amounts")
"""The tables whose rows of one block belong together: they are taken together or not at all."""

CANDIDATE = "candidate"

NO_PROGRAMME = (
    "onbekend programma",
    "een programma met een rij in de tabel programmes, in dit bestand of eerder aangeleverd",
)
NO_ROWS = (
    "document zonder rijen",
    "rijen van dit programma in hetzelfde bestand: titel en adres horen daarbij",
)


@dataclass(frozen=True)
class Fitted:
    """The rows of a file that fit what else is known, those that do not, and what they complete."""

    rows: Rows
    refused: tuple[RefusedCell, ...]
    completes: Mapping[str, str]


@dataclass(frozen=True)
class Standing:
    """What counts before a file is taken, and what its rows are held against."""

    seeds: Path
    counted: Sequence[KeptDelivery]
    before: AccountsInForce
    known: Mapping[str, Periods]
    documents: Mapping[str, str]
    """The hash of each document that is known, by what its rows call it."""

    @property
    def shapes(self) -> Shapes:
        """The tables that can be delivered."""
        return {name: table.shape for name, table in self.before.tables.items()}

    def problems_with(self, candidate: Vintage) -> list[tuple[RowInForce, PackageProblem]]:
        """Judge the accounts as they would be with a delivery."""
        return accounts_in_force(self.seeds, self.counted, candidate).problems(self.known)


def standing_now(settings: Settings) -> Standing:
    """Read what counts now. Raises RefusedError for a seed or delivery that is damaged."""
    seeds = settings.project_dir / "seeds"
    counted = counted_deliveries(settings.landing_dir)
    before = accounts_in_force(seeds, counted)
    documents = before.tables[DOCUMENTS]
    name, sha256 = (documents.columns.index(column) for column in ("name", "sha256"))
    taken = {row.cells[name]: row.cells[sha256] for row in documents.rows}
    return Standing(
        seeds,
        counted,
        before,
        read_known_municipalities(seeds / "reference" / "municipalities.csv"),
        taken | documents_taken(kept_deliveries(settings.landing_dir)),
    )


def fit(standing: Standing, delivery: Delivery, document: Document) -> Fitted:
    """Keep the rows of a file with which the accounts in force would still be a sound package.

    Rows of a block that belong together go together. Of a document the title and address are
    taken: its name, hash and length are those of the file.
    """
    shapes = standing.shapes
    refused = [RefusedCell(**vars(each)) for each in delivery.refused]
    rows: Rows = {
        table.table: [{**row, "source_document": document.name} for row in table.rows]
        for table in delivery.tables
    }
    told = {shapes[DOCUMENTS].block_of(row): row for row in rows.pop(DOCUMENTS, ())}
    document = replace(document, told=told)
    while True:
        whole = with_own_tables(rows, document, shapes)
        completes = _completed(rows, standing, delivery.corrects)
        problems = standing.problems_with(vintage_of_rows(whole, shapes, completes))
        out = [
            (row, problem)
            for row, problem in problems
            if row.delivery == CANDIDATE and problem.path.stem not in MADE_HERE
        ]
        if not out:
            break
        rows, left_out = _without(rows, out, shapes)
        refused += left_out
    used = {shapes[DOCUMENTS].block_of(row) for row in whole[DOCUMENTS]}
    refused += [_no_rows(row) for programme, row in told.items() if programme not in used]
    return Fitted(whole if any(rows.values()) else {}, tuple(refused), completes)


def vintage_of_rows(
    rows: Rows, shapes: Shapes, completes: Mapping[str, str] | None = None
) -> Vintage:
    """Make the rows of a file a delivery that would be the newest; its lines are their places."""
    tables = {
        name: [
            row_in_force(row, shapes[name], name, line, CANDIDATE) for line, row in enumerate(found)
        ]
        for name, found in rows.items()
    }
    return Vintage(CANDIDATE, tables, completes or {})


def _without(
    rows: Rows, problems: Iterable[tuple[RowInForce, PackageProblem]], shapes: Shapes
) -> tuple[Rows, list[RefusedCell]]:
    """Take the rows at fault out; of rows that belong together, the others of their block too."""
    at_fault: dict[str, dict[int, PackageProblem]] = {}
    for place, problem in problems:
        at_fault.setdefault(place.path, {}).setdefault(place.line, problem)
    kept: Rows = {}
    refused: list[RefusedCell] = []
    for name, found in rows.items():
        faults, block_of = at_fault.get(name, {}), shapes[name].block_of
        blocks = {block_of(found[line]): line for line in reversed(faults)}
        kept[name] = []
        for line, row in enumerate(found):
            if line in faults:
                refused.append(_refusal(row, faults[line]))
            elif name in BLOCKS and block_of(row) in blocks:
                refused.append(_with_others(row, found[blocks[block_of(row)]]))
            else:
                kept[name].append(row)
    return kept, refused


def _refusal(row: Mapping[str, str], problem: PackageProblem) -> RefusedCell:
    value = ", ".join(row[name] for name in problem.columns)
    column = ", ".join(problem.columns)
    place = place_of_row(row["source_line"])
    if problem.expected == "a row of programmes.csv":
        return RefusedCell(*place, "programme_code", row["programme_code"], *NO_PROGRAMME)
    return RefusedCell(*place, column, value, "regel van het pakket", problem.expected)


def _with_others(row: Mapping[str, str], fault: Mapping[str, str]) -> RefusedCell:
    expected = f"rijen die bij elkaar horen: {fault['source_line']} kan niet worden opgenomen"
    return RefusedCell(
        *place_of_row(row["source_line"]), "", "", "hoort bij een geweigerde rij", expected
    )


def _no_rows(row: Mapping[str, str]) -> RefusedCell:
    return RefusedCell(*place_of_row(row["source_line"]), "", "", *NO_ROWS)


def _completed(rows: Rows, standing: Standing, corrects: str) -> dict[str, str]:
    """Find what the rows complete: tables of which the file that they correct has rows that count.

    `corrects` is the SHA-256 of that file; empty where there is none.
    """
    files = {kept.delivery_id: kept.manifest.sha256 for kept in standing.counted}
    found: dict[str, str] = {}
    for name in rows if corrects else ():
        shape = standing.shapes[name]
        for block in {shape.block_of(row) for row in rows[name]}:
            chain = dict.fromkeys(
                row.delivery
                for row in standing.before.tables[name].rows
                if shape.block(row.cells) == block
            )
            if corrects in (files.get(delivery_id) for delivery_id in chain):
                found[shape.place_of(block)] = next(reversed(chain))
    return found
