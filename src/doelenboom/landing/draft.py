"""A fetch under way: pages kept one by one, until all are there and they land in one step.

A draft survives any interruption. Each page is written under another name, renamed, and then
noted as one line of a journal; a line that was cut short, or a page that is not what its line
says, ends what counts as kept.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from doelenboom.errors import RefusedError
from doelenboom.landing.delivery import (
    BEGUN_FORMAT,
    MANIFEST_NAME,
    Delivery,
    Header,
    LandedPage,
    LandedPart,
    manifest,
    pack,
    page_bytes,
    read_delivery,
    refuse_odd_name,
)
from doelenboom.storage.documents import read_as
from doelenboom.storage.files import sync, write_json

HEADER_NAME = "header.json"
JOURNAL_NAME = "journal.jsonl"
READ_ONLY = 0o444


def open_draft(attempts_dir: Path, header: Header, earlier: Delivery | None = None) -> "Draft":
    """Go on with the draft of this header, or begin one; a draft of another header goes.

    What it becomes sorts after `earlier`, the delivery of the same table before it, whatever the
    clock says. The folder is `<attempts_dir>/<source>/<dataset>/<table>`.
    """
    folder = attempts_dir / header.source / header.dataset / header.table
    path = folder / HEADER_NAME
    begun = _begun(path, header)
    if begun is None:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        begun = _now_after(earlier).strftime(BEGUN_FORMAT)
        path.write_text(json.dumps({**asdict(header), "begun": begun}), encoding="utf-8")
    return Draft(folder, header, begun, _read_journal(folder))


def _now_after(earlier: Delivery | None) -> datetime:
    now = datetime.now(UTC)
    return now if earlier is None else max(now, earlier.begun + timedelta(seconds=1))


def _page_name(part: str, number: int) -> str:
    """Name the file of a page, the first of which has number 1."""
    return f"{part}-{number:04d}.json.zst"


def _begun(path: Path, header: Header) -> str | None:
    """When the draft of this header was begun; None when there is none."""
    try:
        found = read_as(_Begun, path.read_bytes())
    except (OSError, ValueError):
        return None
    return found.begun if found == _Begun(**asdict(header), begun=found.begun) else None


@dataclass(frozen=True)
class _Begun(Header):
    """What stands in the header of a draft."""

    begun: str


@dataclass(frozen=True)
class _Entry:
    """A line of the journal."""

    part: str
    page: LandedPage
    next_url: str | None


@dataclass(frozen=True)
class Kept:
    """A page of a draft and the URL that it leads to, None after the last one of its part."""

    page: LandedPage
    next_url: str | None


@dataclass
class Draft:
    """Pages kept so far, by part, in `folder`; `begun` is the time of its first page."""

    folder: Path
    header: Header
    begun: str
    _kept: dict[str, list[Kept]] = field(default_factory=dict)
    _parts: dict[str, LandedPart] = field(default_factory=dict)

    @property
    def parts(self) -> tuple[LandedPart, ...]:
        """The parts that are finished, in the order in which they were."""
        return tuple(self._parts.values())

    @property
    def delivery_id(self) -> str:
        """The id that the delivery will have: when it was begun, and a hash of what it is of."""
        of = json.dumps(asdict(self.header)).encode()
        return f"{self.begun}-{hashlib.sha256(of).hexdigest()[:8]}"

    def kept(self, part: str, first_url: str) -> list[Kept]:
        """List the pages kept of a part that begins at this URL; of another one, none.

        Pages after a damaged or missing one are not kept.
        """
        refuse_odd_name(part)
        pages = self._kept.get(part, [])
        if pages and pages[0].page.url != first_url:
            pages = []
        sound = list(_sound(self.folder, pages))
        self._kept[part] = sound
        return list(sound)

    def body(self, kept: Kept) -> bytes:
        """Return what was sent as a kept page."""
        return page_bytes(self.folder, kept.page)

    def keep(self, part: str, url: str, body: bytes, rows: int, next_url: str | None) -> LandedPage:
        """Keep the next page of a part, and return what is known of it."""
        pages = self._kept.setdefault(part, [])
        file = _page_name(part, len(pages) + 1)
        new = self.folder / f"{file}.new"
        new.write_bytes(pack(body))
        os.replace(new, self.folder / file)
        now = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        page = LandedPage(file, url, hashlib.sha256(body).hexdigest(), len(body), rows, now)
        line = {"part": part, "page": asdict(page), "next_url": next_url}
        with (self.folder / JOURNAL_NAME).open("a", encoding="utf-8") as journal:
            journal.write(json.dumps(line) + "\n")
        pages.append(Kept(page, next_url))
        return page

    def finish_part(self, part: str, columns: Mapping[str, str], source_count: int | None) -> None:
        """Declare a part complete: its columns by the source's key, and the source's count."""
        pages = tuple(kept.page for kept in self._kept[part])
        self._parts[part] = LandedPart(part, dict(columns), source_count, pages)

    def land(self, landing_dir: Path, landed_at: datetime) -> Delivery:
        """Make the finished parts a delivery, in one step, and return it.

        Files become read-only and are on disk before their folder gets its name. Raises
        RefusedError when a delivery of this id is there, or when landing is on another file
        system.
        """
        told = landed_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        document = manifest(self.header, told, self.parts)
        place = landing_dir / self.header.source / self.header.dataset / self.header.table
        target = place / self.delivery_id
        written = self.folder / MANIFEST_NAME
        written.unlink(missing_ok=True)
        write_json(written, document)
        sync(written)
        self._leave_only({MANIFEST_NAME, *(p.file for part in self.parts for p in part.pages)})
        target.parent.mkdir(parents=True, exist_ok=True)
        _rename(self.folder, target)
        return read_delivery(target)

    def discard(self) -> None:
        """Throw the draft away."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _leave_only(self, names: set[str]) -> None:
        for path in self.folder.iterdir():
            if path.name not in names:
                path.unlink()
                continue
            path.chmod(READ_ONLY)
            sync(path)


def _read_journal(folder: Path) -> dict[str, list[Kept]]:
    """Read which pages were kept; a part that began anew counts from its last beginning.

    A line that was cut short or damaged goes, and with it what follows: it is fetched again.
    """
    path = folder / JOURNAL_NAME
    kept: dict[str, list[Kept]] = {}
    if not path.is_file():
        return kept
    sound = 0
    for line in path.read_bytes().splitlines(keepends=True):
        entry = _entry(line)
        number = entry and _number(entry, kept.get(entry.part, []))
        if not entry or not number:
            break
        pages = kept.setdefault(entry.part, [])
        del pages[number - 1 :]
        pages.append(Kept(entry.page, entry.next_url))
        sound += len(line)
    os.truncate(path, sound)
    return kept


def _entry(line: bytes) -> _Entry | None:
    if not line.endswith(b"\n"):
        return None
    try:
        return read_as(_Entry, line)
    except ValueError:
        return None


def _number(entry: _Entry, pages: list[Kept]) -> int | None:
    """Say which page of its part a line is of: the next one, one that is told again, or none."""
    numbers = range(len(pages) + 1, 0, -1)
    return next((n for n in numbers if _page_name(entry.part, n) == entry.page.file), None)


def _sound(folder: Path, pages: list[Kept]) -> Iterator[Kept]:
    for kept in pages:
        try:
            page_bytes(folder, kept.page)
        except RefusedError:
            return
        yield kept


def _rename(folder: Path, target: Path) -> None:
    sync(folder)
    if target.exists():
        raise RefusedError(f"{target} has landed already")
    try:
        folder.rename(target)
    except OSError as error:
        raise RefusedError(f"{folder} cannot become {target}: {error.strerror}") from error
    sync(target.parent)
