"""A release around a file that a test wrote as it likes: a manifest, and the file's second name."""

import os
from datetime import date
from pathlib import Path

from doelenboom.publication.content import database_content_hash
from doelenboom.publication.manifest import DATABASE_NAME, MANIFEST_NAME, Release, manifest
from doelenboom.storage.files import sha256_file, write_json


def make_release(published: Path) -> Release:
    """Make a published file that of a release, which knows none of its tables."""
    content_hash = database_content_hash(())
    release_id = f"20260102T013000Z-{content_hash[:8]}"
    folder = published.parent / "releases" / release_id
    folder.mkdir(parents=True)
    os.link(published, folder / DATABASE_NAME)
    release = Release(
        release_id=release_id,
        folder=folder,
        run_date=date(2026, 1, 2),
        fingerprint="f" * 64,
        commit=None,
        versions={},
        inputs=(),
        tables=(),
        content_hash=content_hash,
        database_sha256=sha256_file(published),
        parquet_sha256={},
    )
    write_json(folder / MANIFEST_NAME, manifest(release))
    return release
