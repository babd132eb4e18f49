"""Tables that people dropped: each row judged as the seeds are, what is right kept and moved away.

A file is moved only after its rows are safe; of a file of which no row can be taken nothing is
kept, and it stays where it is. One that is being written is left for the next time.
"""

import os
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from doelenboom.errors import RefusedError, in_one_line
from doelenboom.ingestion.documented import Document, place_of_row
from doelenboom.ingestion.fitting import fit, standing_now
from doelenboom.landing.accepted import (
    Acceptance,
    KeptDelivery,
    NewDelivery,
    NewTable,
    RefusedCell,
    document_name,
    keep_delivery,
)
from doelenboom.publication.release_times import AMSTERDAM
from doelenboom.settings import Settings
from doelenboom.sources.inbox.chapters import ACCEPTED, REFUSED, InboxFile, list_inbox
from doelenboom.sources.inbox.delivered import Delivery, RefusedRow, read_delivery
from doelenboom.sources.inbox.failures import write_failures
from doelenboom.storage.files import sha256_file, state_of, sync

AT_REST = 1.0
"""Seconds since a file was last written, before which it may be on its way yet."""

FAILURES = " - geweigerd.xlsx"
"""How the name of a workbook of refused rows ends."""


@dataclass(frozen=True)
class Taken:
    """What came of a file of tables: the delivery that was kept, and the rows that were not."""

    name: str
    kept: KeptDelivery | None
    refused: tuple[RefusedCell, ...]
    sentence: str = ""
    """Why nothing was taken; empty where something was."""

    is_new: bool = False


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
    rows = [place_of_row(row["source_line"])[1] for table in delivery.tables for row in table.rows]
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
