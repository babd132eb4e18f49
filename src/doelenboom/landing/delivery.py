"""A delivery as a value, and the `manifest.json` that says the same in its folder.

A delivery is one complete fetch of one table; its parts are queries, and their pages files.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from doelenboom.errors import RefusedError
from doelenboom.storage.documents import read_as

MANIFEST_NAME = "manifest.json"
NAME = re.compile(r"[0-9A-Za-z][0-9A-Za-z_]{0,63}")
"""What a dataset, table or part may be called: they become names of folders and files."""

BEGUN_FORMAT = "%Y%m%dT%H%M%SZ"
"""How the id of a delivery says when its fetch was begun."""

LARGEST_PAGE = 1 << 30
"""Bytes that a page may have when it is unpacked."""


@dataclass(frozen=True)
class Header:
    """What a delivery is of: `modified` is the source's own word for the state of the table."""

    source: str
    dataset: str
    table: str
    year: int | None
    title: str
    service: str
    licence: str
    modified: str

    def __post_init__(self) -> None:
        for name in (self.source, self.dataset, self.table):
            refuse_odd_name(name)


@dataclass(frozen=True)
class LandedPage:
    """One file: `sha256` and `bytes` are those of what was sent, before it was packed."""

    file: str
    url: str
    sha256: str
    bytes: int
    rows: int
    fetched_at: str


@dataclass(frozen=True)
class LandedPart:
    """One query: `columns` gives the raw name of each of the source's columns that is carried on.

    `source_count` is the source's own count of its rows, where it gives one.
    """

    name: str
    columns: Mapping[str, str]
    source_count: int | None
    pages: tuple[LandedPage, ...]

    @property
    def rows(self) -> int:
        return sum(page.rows for page in self.pages)


@dataclass(frozen=True)
class _DescribedPart:
    """A part as a manifest has it, with the sum of its pages' rows."""

    name: str
    columns: dict[str, str]
    source_count: int | None
    pages: tuple[LandedPage, ...]
    rows: int


@dataclass(frozen=True)
class _Manifest(Header):
    """What a `manifest.json` holds."""

    landed_at: str
    parts: tuple[_DescribedPart, ...]

    @property
    def header(self) -> Header:
        return Header(**{field.name: getattr(self, field.name) for field in fields(Header)})


@dataclass(frozen=True)
class Delivery:
    """A landed table. Its id, the name of its folder, sorts after those of all before it."""

    folder: Path
    header: Header
    landed_at: str
    parts: tuple[LandedPart, ...]

    @property
    def delivery_id(self) -> str:
        return self.folder.name

    @property
    def begun(self) -> datetime:
        """When its fetch was begun, as its id says, to the second."""
        return datetime.strptime(self.delivery_id.split("-")[0], BEGUN_FORMAT).replace(tzinfo=UTC)

    def part(self, name: str) -> LandedPart:
        """Return a part. Raises RefusedError for one that the delivery does not have."""
        for part in self.parts:
            if part.name == name:
                return part
        raise RefusedError(f"{self.folder} has no part {name}")


def refuse_odd_name(name: str) -> None:
    """Refuse what may not become the name of a folder or file. Raises RefusedError."""
    if not NAME.fullmatch(name):
        raise RefusedError(f"{name!r} is no name of a dataset, table or part")


def manifest(header: Header, landed_at: str, parts: tuple[LandedPart, ...]) -> dict[str, Any]:
    """Write a delivery as the content of its `manifest.json`."""
    rows = [{**asdict(part), "rows": part.rows} for part in parts]
    return {**asdict(header), "landed_at": landed_at, "parts": rows}


def read_delivery(folder: Path) -> Delivery:
    """Read a delivery back from its folder.

    Raises RefusedError naming a manifest that is missing, damaged or of another folder.
    """
    path = folder / MANIFEST_NAME
    try:
        document = read_as(_Manifest, path.read_bytes())
        parts = tuple(_part(described) for described in document.parts)
        delivery = Delivery(folder, document.header, document.landed_at, parts)
    except (OSError, ValueError) as error:
        raise RefusedError(f"{path} is not a manifest of a delivery: {error}") from error
    place = (delivery.header.source, delivery.header.dataset, delivery.header.table)
    if folder.parts[-4:-1] != place:
        raise RefusedError(f"{path} is the manifest of {'/'.join(place)}, not of its folder")
    return delivery


def _part(told: _DescribedPart) -> LandedPart:
    part = LandedPart(told.name, told.columns, told.source_count, told.pages)
    if part.rows != told.rows:
        raise ValueError(f"{part.name} has {part.rows} rows on its pages, not {told.rows}")
    return part


def page_bytes(folder: Path, page: LandedPage) -> bytes:
    """Return what was sent as a page. Raises RefusedError naming a file that is damaged."""
    path = folder / page.file
    body = unpack(path, page.bytes)
    found = hashlib.sha256(body).hexdigest()
    if found != page.sha256:
        raise RefusedError(f"{path} has the SHA-256 {found}, expected {page.sha256}")
    return body


def unpack(path: Path, size: int) -> bytes:
    """Unpack a page of a known size. Raises RefusedError when it is not that, or not packed."""
    import pyarrow as pa

    if not 0 <= size <= LARGEST_PAGE:
        raise RefusedError(f"{path} is said to have {size} bytes, expected at most {LARGEST_PAGE}")
    try:
        packed = path.read_bytes()
        if size == 0:
            return b""
        body: bytes = pa.Codec("zstd").decompress(packed, decompressed_size=size, asbytes=True)
    except (OSError, pa.ArrowException) as error:
        raise RefusedError(f"{path} cannot be unpacked to {size} bytes: {error}") from error
    return body


def pack(body: bytes) -> bytes:
    """Pack what was sent (zstd)."""
    import pyarrow as pa

    packed: bytes = pa.Codec("zstd").compress(body, asbytes=True)
    return packed
