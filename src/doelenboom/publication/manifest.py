"""A release as a value, and the `manifest.json` that says the same in its folder.

Reads one manifest; lists and moves nothing.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from doelenboom.errors import RefusedError
from doelenboom.publication.content import TableContent
from doelenboom.storage.files import read_json

DATABASE_NAME = "doelenboom.duckdb"
MANIFEST_NAME = "manifest.json"
DATAPACKAGE_NAME = "datapackage.json"
SITE_NAME = "site"
"""The folder of the site, in its release and beside the published file."""


@dataclass(frozen=True)
class InputFile:
    """A file below the project folder: its path with forward slashes, size and hash."""

    path: str
    bytes: int
    sha256: str


@dataclass(frozen=True)
class Release:
    """What was published, when, from what. Hashes are SHA-256 in hex.

    `content_hash` covers the rows of all tables, `database_sha256` the bytes of the file;
    `parquet_sha256` has the bytes of each table's Parquet file by table name, `depends_on` the
    paths of the inputs that each table is built from, `documents_sha256` the bytes of what
    describes the release, by name; releases made before these were kept have none.
    """

    release_id: str
    folder: Path
    run_date: date
    fingerprint: str
    commit: str | None
    versions: Mapping[str, str]
    inputs: tuple[InputFile, ...]
    tables: tuple[TableContent, ...]
    content_hash: str
    database_sha256: str
    parquet_sha256: Mapping[str, str]
    depends_on: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    documents_sha256: Mapping[str, str] = field(default_factory=dict)

    @property
    def database(self) -> Path:
        """The sealed database file of this release."""
        return self.folder / DATABASE_NAME

    def key_of(self, table: str) -> tuple[str, ...]:
        """Return the key columns of a table. Raises `RefusedError` for one it does not hold."""
        for content in self.tables:
            if content.name == table:
                return content.key
        raise RefusedError(f"Release {self.release_id} has no table {table}")


def parquet_path(table: str) -> str:
    """Return where a table's Parquet file is in the folder of its release."""
    return f"parquet/{table}.parquet"


def origin(inputs: Iterable[InputFile], commit: str | None) -> str:
    """Hash the input files and the commit alone (SHA-256, hex).

    Unlike the fingerprint it stays the same while nobody changes anything: how fresh a source
    is does not count.
    """
    facts = {"inputs": sorted([file.path, file.sha256] for file in inputs), "commit": commit}
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()


def manifest(release: Release) -> dict[str, Any]:
    """Write a release as the content of its `manifest.json`."""
    return {
        "release_id": release.release_id,
        "run_date": release.run_date.isoformat(),
        "content_hash": release.content_hash,
        "fingerprint": release.fingerprint,
        "commit": release.commit,
        "versions": dict(release.versions),
        "database": {"path": DATABASE_NAME, "sha256": release.database_sha256},
        "tables": [
            {
                "name": table.name,
                "rows": table.rows,
                "key": list(table.key),
                "content_sha256": table.sha256,
                "parquet_sha256": release.parquet_sha256[table.name],
                "depends_on": list(release.depends_on.get(table.name, ())),
            }
            for table in release.tables
        ],
        "documents": [
            {"path": path, "sha256": sha256} for path, sha256 in release.documents_sha256.items()
        ],
        "inputs": [asdict(file) for file in release.inputs],
    }


def read_release(folder: Path) -> Release:
    """Read a release back from its folder.

    Raises `RefusedError` naming the manifest when it is missing, damaged, incomplete or of
    another folder.
    """
    path = folder / MANIFEST_NAME
    document = read_json(path)
    try:
        release = _from_document(document, folder)
    except (KeyError, TypeError, ValueError) as error:
        raise RefusedError(f"{path} is not a manifest of a release: {error!r}") from error
    if release.release_id != folder.name:
        raise RefusedError(f"{path} is the manifest of another release, {release.release_id}")
    return release


def _from_document(document: dict[str, Any], folder: Path) -> Release:
    tables = document["tables"]
    return Release(
        release_id=document["release_id"],
        folder=folder,
        run_date=date.fromisoformat(document["run_date"]),
        fingerprint=document["fingerprint"],
        commit=document["commit"],
        versions=document["versions"],
        inputs=tuple(InputFile(**file) for file in document["inputs"]),
        tables=tuple(
            TableContent(row["name"], row["rows"], row["content_sha256"], tuple(row["key"]))
            for row in tables
        ),
        content_hash=document["content_hash"],
        database_sha256=document["database"]["sha256"],
        parquet_sha256={row["name"]: row["parquet_sha256"] for row in tables},
        depends_on={
            row["name"]: tuple(row["depends_on"]) for row in tables if row.get("depends_on")
        },
        documents_sha256={file["path"]: file["sha256"] for file in document.get("documents", [])},
    )
