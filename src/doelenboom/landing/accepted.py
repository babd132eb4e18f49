"""Deliveries of accounts that were accepted: the file as it came, its rows, and who accepted it.

Each is a folder that is written once, `deliveries/<moment>-<start of a hash>/`: `manifest.json`,
`file/` with the bytes as they were dropped, and a CSV file per table of the accounts package. Of a
chapter `read/` holds the package as it was read, before anybody corrected it. One that was taken
back, or that was found not to fit, gets a mark beside its manifest and stays. What the rows mean,
and which of two deliveries counts, is not known here.
"""

import csv
import hashlib
import io
import os
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

from doelenboom.errors import RefusedError
from doelenboom.storage.documents import read_as
from doelenboom.storage.files import copy_file, make_durable, sha256_file, sync, write_json

FOLDER = "deliveries"
MANIFEST = "manifest.json"
MARK = "mark.json"
FILE = "file"
READ = "read"
DRAFT = ".draft"
ID_FORMAT = "%Y%m%dT%H%M%S%fZ"
HASH_LENGTH = 8

Kind = Literal["tables", "chapter"]
Row = Mapping[str, str]


@dataclass(frozen=True)
class NewTable:
    """A table of the package on its way to the store: its columns and rows, all text."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class KeptTable:
    """A table of a delivery as its manifest has it."""

    name: str
    rows: int
    sha256: str


@dataclass(frozen=True)
class RefusedCell:
    """A row of the file that was left out, and why; `sheet` is empty for a text file."""

    sheet: str
    row: int
    column: str
    value: str
    rule: str
    expected: str


@dataclass(frozen=True)
class Acceptance:
    """Who took it in, when, and which contradictions of the source were named in doing so."""

    by: str
    on: str
    named: tuple[str, ...] = ()


@dataclass(frozen=True)
class Manifest:
    """What `manifest.json` holds.

    `name` is where the file lay below the inbox, `document` what its rows call it: the name of the
    file, with a part of its hash where another file of that name was taken in before. `completes`
    names, for a table and programme of which an earlier delivery had rows refused, that delivery:
    the rows of both count. `pages` says on which line each page of a PDF begins.
    """

    name: str
    document: str
    sha256: str
    line_count: int
    kind: Kind
    accepted_at: str
    acceptance: Acceptance
    tables: tuple[KeptTable, ...]
    refused: tuple[RefusedCell, ...] = ()
    completes: dict[str, str] = field(default_factory=dict)
    pages: tuple[int, ...] = ()

    @property
    def content(self) -> str:
        """One hash of the file and of what was made of it: the same content is kept once."""
        parts = [self.sha256, *(f"{table.name} {table.sha256}" for table in self.tables)]
        parts += [*self.acceptance.named]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()


@dataclass(frozen=True)
class Mark:
    """Why a delivery counts no more: a person took it back, or a night could not build with it."""

    kind: Literal["withdrawn", "refused"]
    at: str
    reason: str


@dataclass(frozen=True)
class KeptDelivery:
    """A delivery in the store. Its id, the name of its folder, sorts after all before it."""

    folder: Path
    manifest: Manifest
    mark: Mark | None

    @property
    def delivery_id(self) -> str:
        return self.folder.name

    @property
    def file(self) -> Path:
        """The bytes as they were dropped."""
        return self.folder / FILE / Path(self.manifest.name).name

    def csv_path(self, table: str) -> Path:
        return self.folder / f"{table}.csv"


def kept_deliveries(landing_dir: Path) -> list[KeptDelivery]:
    """List all deliveries, oldest first, those that were taken back among them.

    Raises RefusedError naming a manifest or mark that is missing or damaged.
    """
    folder = landing_dir / FOLDER
    if not folder.is_dir():
        return []
    found = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    return [_read(path) for path in found]


def counted_deliveries(landing_dir: Path) -> list[KeptDelivery]:
    """List the deliveries that nobody took back, oldest first. Raises as `kept_deliveries`."""
    return [kept for kept in kept_deliveries(landing_dir) if kept.mark is None]


def counted_files(landing_dir: Path) -> list[Path]:
    """List the files that say what counts: manifests and rows of what was not taken back."""
    return [
        path
        for kept in counted_deliveries(landing_dir)
        for path in (
            kept.folder / MANIFEST,
            *(kept.csv_path(table.name) for table in kept.manifest.tables),
        )
    ]


def _read(folder: Path) -> KeptDelivery:
    mark = folder / MARK
    try:
        manifest = read_as(Manifest, (folder / MANIFEST).read_bytes())
        found = read_as(Mark, mark.read_bytes()) if mark.exists() else None
    except (OSError, ValueError) as error:
        raise RefusedError(f"{folder} is no delivery as it was kept: {error}") from error
    return KeptDelivery(folder, manifest, found)


def read_rows(kept: KeptDelivery, table: str) -> list[dict[str, str]]:
    """Read the rows of a table; none where the delivery has no such table.

    Row n stands on line n + 2 of its file. Raises RefusedError when the file is not as it was kept.
    """
    told = next((each for each in kept.manifest.tables if each.name == table), None)
    if told is None:
        return []
    path = kept.csv_path(table)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise RefusedError(f"{path} cannot be read ({error.strerror})") from error
    if hashlib.sha256(data).hexdigest() != told.sha256:
        raise RefusedError(f"{path} is not what its manifest says")
    return list(csv.DictReader(io.StringIO(data.decode("utf-8"), newline="")))


@dataclass(frozen=True)
class NewDelivery:
    """What is to be kept: the file, its tables, and what its manifest will say of it."""

    file: Path
    name: str
    document: str
    line_count: int
    kind: Kind
    acceptance: Acceptance
    tables: tuple[NewTable, ...]
    refused: tuple[RefusedCell, ...] = ()
    completes: Mapping[str, str] = field(default_factory=dict)
    read: Path | None = None
    """The package of a chapter as it was read."""
    pages: tuple[int, ...] = ()


def keep_delivery(landing_dir: Path, new: NewDelivery) -> tuple[KeptDelivery, bool]:
    """Keep a delivery whole or not at all; return it and whether it is new.

    What counts already with the same content is returned as it is. A draft that a crash left is
    removed. The caller is the only writer. Raises OSError when it cannot be written.
    """
    folder = landing_dir / FOLDER
    draft = folder / DRAFT
    shutil.rmtree(draft, ignore_errors=True)
    earlier = kept_deliveries(landing_dir)
    (draft / FILE).mkdir(parents=True)
    copy_file(new.file, draft / FILE / Path(new.name).name)
    if new.read is not None:
        shutil.copytree(new.read, draft / READ)
    now = _now_after(earlier)
    tables = tuple(_write_table(draft, table) for table in new.tables if table.rows)
    sha256 = sha256_file(draft / FILE / Path(new.name).name)
    manifest = Manifest(
        new.name,
        new.document,
        sha256,
        new.line_count,
        new.kind,
        now.isoformat(timespec="microseconds"),
        new.acceptance,
        tables,
        new.refused,
        dict(new.completes),
        new.pages,
    )
    for kept in earlier:
        if kept.mark is None and kept.manifest.content == manifest.content:
            shutil.rmtree(draft)
            return kept, False
    write_json(draft / MANIFEST, asdict(manifest))
    make_durable(draft)
    place = folder / f"{now.strftime(ID_FORMAT)}-{manifest.content[:HASH_LENGTH]}"
    os.rename(draft, place)
    sync(folder)
    return KeptDelivery(place, manifest, None), True


def _now_after(earlier: Sequence[KeptDelivery]) -> datetime:
    """Give the time, and a later one than that of the last delivery, whatever the clock says."""
    now = datetime.now(UTC)
    if not earlier:
        return now
    last = datetime.fromisoformat(earlier[-1].manifest.accepted_at)
    return max(now, last + timedelta(microseconds=1))


def _write_table(folder: Path, table: NewTable) -> KeptTable:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows([_one_line(row[name]) for name in table.columns] for row in table.rows)
    data = text.getvalue().encode()
    (folder / f"{table.name}.csv").write_bytes(data)
    return KeptTable(table.name, len(table.rows), hashlib.sha256(data).hexdigest())


def _one_line(cell: str) -> str:
    """Keep a row on one line of its file, so that its number is its line."""
    return " ".join(cell.split()) if len(cell.splitlines()) > 1 else cell


def mark(kept: KeptDelivery, mark: Mark) -> None:
    """Let a delivery count no more. Raises OSError; one that is marked already is left alone."""
    path = kept.folder / MARK
    if path.exists():
        return
    draft = kept.folder / f".{MARK}"
    draft.unlink(missing_ok=True)
    write_json(draft, asdict(mark))
    draft.chmod(0o444)
    sync(draft)
    os.rename(draft, path)
    sync(kept.folder)


def document_name(name: str, sha256: str, taken: Mapping[str, str]) -> str:
    """Say what the rows of a file call it: its name, which other bytes of that name may not have.

    `taken` gives the hash of each document that is known, by what it is called.
    """
    plain = Path(name).name
    if taken.get(plain, sha256) == sha256:
        return plain
    path = Path(plain)
    return f"{path.stem} ({sha256[:HASH_LENGTH]}){path.suffix}"


def documents_taken(deliveries: Iterable[KeptDelivery]) -> dict[str, str]:
    """Give the hash of each document of the store, by what its rows call it."""
    return {kept.manifest.document: kept.manifest.sha256 for kept in deliveries}
