"""Tables that people dropped: each row judged as the seeds are, what is right kept and moved away.

A file is moved only after its rows are safe; of a file of which no row can be taken nothing is
kept, and it stays where it is. One that is being written is left for the next time.
"""

import os
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

from doelenboom.errors import RefusedError, in_one_line
from doelenboom.landing.accepted import (
    Acceptance,
    KeptDelivery,
    NewDelivery,
    NewTable,
    RefusedCell,
    counted_deliveries,
    document_name,
    documents_taken,
    keep_delivery,
    kept_deliveries,
)
from doelenboom.publication.release_times import AMSTERDAM
from doelenboom.raw.accounts import (
    DOCUMENTS,
    KEY,
    PARTS,
    AccountsInForce,
    Programme,
    RowInForce,
    Vintage,
    accounts_in_force,
    number_of,
    place_of,
    row_in_force,
)
from doelenboom.settings import Settings
from doelenboom.sources.accounts.extraction.package.parts import part_rows
from doelenboom.sources.accounts.package import read_known_municipalities
from doelenboom.sources.accounts.problems import PackageProblem
from doelenboom.sources.accounts.rules import Periods
from doelenboom.sources.inbox.chapters import ACCEPTED, REFUSED, InboxFile, list_inbox
from doelenboom.sources.inbox.delivered import Delivery, RefusedRow, read_delivery
from doelenboom.sources.inbox.failures import write_failures
from doelenboom.storage.files import sha256_file, state_of, sync

BLOCKS = ("programme_finance", "budget_years")
"""The tables whose rows of one programme add up: they are taken together or not at all."""

MADE_HERE = (DOCUMENTS, PARTS)
"""Tables that follow from the file itself and are never taken from it."""

AT_REST = 1.0
"""Seconds since a file was last written, before which it may be on its way yet."""

FAILURES = " - geweigerd.xlsx"
"""How the name of a workbook of refused rows ends."""

CANDIDATE = "candidate"

NO_PROGRAMME = (
    "onbekend programma",
    "een programma met een rij in de tabel programmes, in dit bestand of eerder aangeleverd",
)

Rows = dict[str, list[dict[str, str]]]


@dataclass(frozen=True)
class Taken:
    """What came of a file of tables: the delivery that was kept, and the rows that were not."""

    name: str
    kept: KeptDelivery | None
    refused: tuple[RefusedCell, ...]
    sentence: str = ""
    """Why nothing was taken; empty where something was."""

    is_new: bool = False


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


def take_tables(settings: Settings) -> list[Taken]:
    """Keep the rows that can be taken of each file of tables in the inbox, the oldest file first.

    The caller is the only writer. Raises OSError when what was taken cannot be kept.
    """
    files = [file for file in list_inbox(settings.inbox_dir) if file.is_table]
    return [taken for file in _oldest_first(files) if (taken := _take(settings, file)) is not None]


def left_tables(settings: Settings) -> list[Taken]:
    """Say of each file of tables in the inbox why it still lies there; nothing is taken."""
    files = [file for file in list_inbox(settings.inbox_dir) if file.is_table]
    found = (_read(settings, file) for file in files)
    return [read[1] if isinstance(read, tuple) else read for read in found if read is not None]


def as_left(taken: Taken) -> tuple[str, str, tuple[RefusedCell, ...]]:
    """Give what a check tells of a file that lies in the inbox."""
    return taken.name, taken.sentence, taken.refused


def _oldest_first(files: Iterable[InboxFile]) -> list[InboxFile]:
    def written(file: InboxFile) -> tuple[int, str]:
        try:
            return file.path.lstat().st_mtime_ns, file.name
        except OSError:
            return 0, file.name

    return sorted(files, key=written)


def _take(settings: Settings, file: InboxFile) -> Taken | None:
    """Take one file; None where it is on its way yet."""
    found = _read(settings, file)
    if not isinstance(found, tuple):
        return found
    new, told, delivery = found
    kept, is_new = None, False
    if new.tables:
        kept, is_new = keep_delivery(settings.landing_dir, new)
    if new.refused:
        _write_failures(settings, file, delivery, new.refused)
    if kept is None:
        return told
    move_away(file.path, settings.inbox_dir / ACCEPTED, file.name)
    return replace(told, kept=kept, is_new=is_new)


def _write_failures(
    settings: Settings, file: InboxFile, delivery: Delivery, refused: Sequence[RefusedCell]
) -> None:
    """Write what was refused as a workbook to correct and drop again, once for each file."""
    path = settings.inbox_dir / REFUSED / f"{file.name}{FAILURES}"
    if path.is_file() and path.stat().st_mtime_ns > file.path.stat().st_mtime_ns:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = tuple(RefusedRow(**vars(cell)) for cell in refused)
    write_failures(replace(delivery, refused=rows), path)


def _read(
    settings: Settings, file: InboxFile
) -> tuple[NewDelivery, Taken, Delivery] | Taken | None:
    """Read a file and judge its rows; None where it is on its way yet."""
    if file.refusal:
        return Taken(file.name, None, (), file.refusal)
    try:
        before = _at_rest(file.path)
        delivery = read_delivery(file.path, settings.project_dir / "seeds")
        if state_of(file.path) != before or sha256_file(file.path) != delivery.sha256:
            return None
        lines = _lines(file.path, delivery)
    except RefusedError as error:
        return Taken(file.name, None, (), str(error).removeprefix(f"{file.path.name}: "))
    except OSError as error:
        return Taken(file.name, None, (), f"cannot be read ({error.strerror}).")
    except RuntimeError as error:
        return Taken(file.name, None, (), f"reading broke down ({in_one_line(str(error))})")
    new = _judged(settings, file, delivery, lines)
    return (
        new,
        Taken(file.name, None, new.refused, "" if new.tables else _why(new.refused)),
        delivery,
    )


def _why(refused: Sequence[RefusedCell]) -> str:
    """Say why nothing of a file is taken: what is wrong with all of it, else how many rows."""
    whole = next((cell for cell in refused if not cell.row), None)
    if whole:
        return f"{whole.rule}: expected {whole.expected}"
    rows = len({(cell.sheet, cell.row) for cell in refused})
    return f"none of {rows} rows can be taken" if rows else "found no row"


def _at_rest(path: Path) -> tuple[int, int, int, int]:
    """Wait until a file was not written for a moment, and say what it is then."""
    since = time.time() - path.stat().st_mtime
    if 0 <= since < AT_REST:
        time.sleep(AT_REST - since)
    return state_of(path)


def _lines(path: Path, delivery: Delivery) -> int:
    """Count the lines of a text, or the rows down to the last one of a workbook that was read."""
    rows = [_place(row["source_line"])[1] for table in delivery.tables for row in table.rows]
    if path.suffix.lower() in (".csv", ".tsv"):
        rows.append(path.read_bytes().count(b"\n"))
    return max([1, *rows, *(refused.row for refused in delivery.refused)])


def _judged(
    settings: Settings, file: InboxFile, delivery: Delivery, line_count: int
) -> NewDelivery:
    standing = standing_now(settings)
    document = Document(
        document_name(file.path.name, delivery.sha256, standing.documents),
        delivery.sha256,
        line_count,
    )
    fitted = fit(standing, delivery, document)
    before = standing.before
    columns = {name: table.columns for name, table in before.tables.items()}
    today = datetime.now(UTC).astimezone(AMSTERDAM).date().isoformat()
    return NewDelivery(
        file.path,
        file.name,
        document.name,
        line_count,
        "tables",
        Acceptance("doelenboom: elke rij voldeed aan de regels", today),
        tuple(
            NewTable(name, columns[name], tuple(rows)) for name, rows in fitted.rows.items() if rows
        ),
        fitted.refused,
        fitted.completes,
    )


@dataclass(frozen=True)
class Document:
    """The file that rows were read from: what they call it, its hash, its lines."""

    name: str
    sha256: str
    line_count: int
    title: str = ""
    is_chapter: bool = False


def fit(standing: Standing, delivery: Delivery, document: Document) -> Fitted:
    """Keep the rows of a file with which the accounts in force would still be a sound package.

    Rows that must add up go together.
    """
    before = standing.before
    rows: Rows = {}
    refused = [RefusedCell(**vars(each)) for each in delivery.refused]
    for table in delivery.tables:
        if table.table in MADE_HERE:
            refused += [_made_here(row, table.table) for row in table.rows]
        else:
            here = [{**row, "source_document": document.name} for row in table.rows]
            rows.setdefault(table.table, []).extend(here)
    while True:
        whole = with_own_tables(rows, document, before)
        completes = _completed(rows, standing, delivery.corrects)
        problems = standing.problems_with(vintage_of_rows(whole, before, completes))
        out = [
            (row, problem)
            for row, problem in problems
            if row.delivery == CANDIDATE and problem.path.stem not in MADE_HERE
        ]
        if not out:
            return Fitted(whole if any(rows.values()) else {}, tuple(refused), completes)
        rows, left_out = _without(rows, out, before)
        refused += left_out


def vintage_of_rows(
    rows: Rows, before: AccountsInForce, completes: Mapping[str, str] | None = None
) -> Vintage:
    """Make the rows of a file a delivery that would be the newest; its lines are their places."""
    tables = {
        name: [
            row_in_force(row, before.tables[name].columns, name, line, CANDIDATE)
            for line, row in enumerate(found)
        ]
        for name, found in rows.items()
    }
    return Vintage(CANDIDATE, tables, completes or {})


def _without(
    rows: Rows, problems: Iterable[tuple[RowInForce, PackageProblem]], before: AccountsInForce
) -> tuple[Rows, list[RefusedCell]]:
    """Take the rows at fault out; of rows that must add up, the others of their programme too."""
    at_fault: dict[str, dict[int, PackageProblem]] = {}
    for place, problem in problems:
        at_fault.setdefault(place.path, {}).setdefault(place.line, problem)
    kept: Rows = {}
    refused: list[RefusedCell] = []
    for name, found in rows.items():
        faults = at_fault.get(name, {})
        blocks = {_programme(found[line]): line for line in reversed(faults)}
        kept[name] = []
        for line, row in enumerate(found):
            if line in faults:
                refused.append(_refusal(row, faults[line]))
            elif name in BLOCKS and _programme(row) in blocks:
                refused.append(_with_others(row, found[blocks[_programme(row)]]))
            else:
                kept[name].append(row)
    return kept, refused


def _programme(row: Mapping[str, str]) -> Programme:
    a, b, c = (row[name] for name in KEY)
    return a, b, c


def _refusal(row: Mapping[str, str], problem: PackageProblem) -> RefusedCell:
    value = ", ".join(row[name] for name in problem.columns)
    column = ", ".join(problem.columns)
    place = _place(row["source_line"])
    if problem.expected == "a row of programmes.csv":
        return RefusedCell(*place, "programme_code", row["programme_code"], *NO_PROGRAMME)
    return RefusedCell(*place, column, value, "regel van het pakket", problem.expected)


def _with_others(row: Mapping[str, str], fault: Mapping[str, str]) -> RefusedCell:
    expected = f"rijen die samen optellen: {fault['source_line']} kan niet worden opgenomen"
    return RefusedCell(
        *_place(row["source_line"]), "", "", "hoort bij een geweigerde rij", expected
    )


def _made_here(row: Mapping[str, str], table: str) -> RefusedCell:
    expected = f"geen rijen van {table}: die volgen uit het bestand zelf"
    return RefusedCell(*_place(row["source_line"]), "", "", "eigen tabel", expected)


def _place(source_line: str) -> tuple[str, int]:
    """Part the place of a row in its sheet, none in a text file, and its number there."""
    return source_line.rpartition("!")[0], int(number_of(source_line))


def with_own_tables(rows: Rows, document: Document, before: AccountsInForce) -> Rows:
    """Add to rows what follows from their file: one document of each programme, and its parts.

    A programme of which the file has nothing that a chapter prints is none that was read.
    """
    programmes = list(dict.fromkeys(_programme(row) for found in rows.values() for row in found))
    own: Rows = {DOCUMENTS: [], PARTS: []}
    for programme in programmes:
        base = dict(zip(KEY, programme, strict=True))
        source = {**base, "source_document": document.name, "source_line": "1"}
        own[DOCUMENTS].append(
            {
                **source,
                "name": document.name,
                "title": document.title or document.name,
                "address": "",
                "sha256": document.sha256,
                "line_count": str(document.line_count),
            }
        )
        tables = {
            name: [_typed(row) for row in found if _programme(row) == programme]
            for name, found in rows.items()
        }
        parts = part_rows(source, tables)
        if document.is_chapter or any(row["rows_n"] for row in parts):
            own[PARTS] += [_part(row, document) for row in parts]
    return {**rows, **own}


def _typed(row: Mapping[str, str]) -> dict[str, Any]:
    """Give a row of text as the parts of a chapter are counted: nothing is None."""
    typed: dict[str, Any] = {name: cell or None for name, cell in row.items()}
    typed["source_line"] = _place(row["source_line"])[1]
    if "is_total" in row:
        typed["is_total"] = row["is_total"] == "true"
    return typed


def _part(row: Mapping[str, Any], document: Document) -> dict[str, str]:
    """Say of a part without rows in tables that nobody delivered it: it may be printed."""
    told = {name: str(cell) for name, cell in row.items()}
    if not row["rows_n"] and not document.is_chapter:
        told |= {
            "value_status": "not_captured",
            "status_reason": "Staat niet in wat is aangeleverd",
        }
    return told


def _completed(rows: Rows, standing: Standing, corrects: str) -> dict[str, str]:
    """Find what the rows complete: tables of which the file that they correct has rows that count.

    `corrects` is the SHA-256 of that file; empty where there is none.
    """
    files = {kept.delivery_id: kept.manifest.sha256 for kept in standing.counted}
    found: dict[str, str] = {}
    for name in rows if corrects else ():
        table = standing.before.tables[name]
        for programme in {_programme(row) for row in rows[name]}:
            chain = dict.fromkeys(
                row.delivery for row in table.rows if row.programme(table.columns) == programme
            )
            if corrects in (files.get(delivery_id) for delivery_id in chain):
                found[place_of(name, programme)] = next(reversed(chain))
    return found


def move_away(path: Path, folder: Path, name: str) -> None:
    """Move a file out of the way, beside others of its name."""
    target = folder / name
    target.parent.mkdir(parents=True, exist_ok=True)
    for number in count(2):
        if not target.exists():
            break
        target = target.with_name(f"{Path(name).stem} ({number}){Path(name).suffix}")
    os.rename(path, target)
    sync(target.parent)
