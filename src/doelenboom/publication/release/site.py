"""The site of a release: made beside it, given to it in one step, shown with it.

It hangs under its release as `site/`, so that going back brings it back and retention takes it
along. The seal of the release does not cover it: it has hashes of its own. What a page says is for
whoever makes it.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from doelenboom.errors import RefusedError
from doelenboom.publication.manifest import MANIFEST_NAME, SITE_NAME, Release
from doelenboom.publication.reading.history import promotions
from doelenboom.publication.reading.releases import RELEASES_NAME, find_release
from doelenboom.storage.files import (
    link_or_copy,
    make_durable,
    point_to,
    read_json,
    refusing,
    sha256_file,
    sync,
    write_json,
)

MAKING_NAME = "site"
"""The folder in the workspace that a site is made in."""

SiteMaker = Callable[[Release, Release | None, Path], None]
"""Fills an empty folder with the site of a release; the one before it says what changed."""


def add_site(release: Release, published_dir: Path, make: SiteMaker, workspace: Path) -> None:
    """Make the site of a release and add it to its folder in one step, or leave all as it is.

    A file that is the same in the release before is that one, linked: nights without news cost one
    site. `workspace` is a folder on the file system of the releases. Raises what `make` raises, and
    `RefusedError` when the disk fails or the release has a site.
    """
    if has_site(release):
        raise RefusedError(f"release {release.release_id} has a site already")
    before = release_before(release, published_dir)
    with refusing(f"The site of release {release.release_id} cannot be added"):
        folder = workspace / MAKING_NAME
        clear_making(workspace)
        folder.mkdir(parents=True)
        make(release, before, folder)
        files = dict(_hashed(folder))
        if before is not None and has_site(before):
            _link_equal(files, folder, site_of(before))
        write_json(folder / MANIFEST_NAME, {"release_id": release.release_id, "files": files})
        make_durable(folder)
        os.rename(folder, site_of(release))
        sync(release.folder)


def show_site(release: Release, published_dir: Path) -> None:
    """Let `site` beside the published file be that of this release; none where it has none.

    It is a link to the folder, replaced in one step. Raises `RefusedError` when the disk fails.
    """
    shown = published_dir / SITE_NAME
    with refusing(f"{shown} stays as it is"):
        if has_site(release):
            point_to(shown, Path(RELEASES_NAME, release.release_id, SITE_NAME))
        else:
            shown.unlink(missing_ok=True)


def site_of(release: Release) -> Path:
    """Say where the site of a release is, or would be."""
    return release.folder / SITE_NAME


def has_site(release: Release) -> bool:
    """Tell whether a release has its site."""
    return site_of(release).is_dir()


def clear_making(workspace: Path) -> None:
    """Remove a site that was not finished. Raises `OSError`."""
    if (workspace / MAKING_NAME).exists():
        shutil.rmtree(workspace / MAKING_NAME)


def release_before(release: Release, published_dir: Path) -> Release | None:
    """Find the release that readers saw before this one; None where it is no longer there."""
    earlier = [each.release_id for each in promotions(published_dir)]
    if release.release_id in earlier:
        earlier = earlier[: earlier.index(release.release_id)]
    try:
        return find_release(published_dir / RELEASES_NAME, earlier[-1]) if earlier else None
    except RefusedError:
        return None


def _hashed(folder: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        yield path.relative_to(folder).as_posix(), sha256_file(path)


def _link_equal(files: dict[str, str], folder: Path, earlier: Path) -> None:
    """Put in the place of each file that the earlier site has too the file that it has."""
    try:
        known = read_json(earlier / MANIFEST_NAME)["files"]
    except (KeyError, RefusedError):
        return
    for name, sha256 in files.items():
        same = earlier / name
        if known.get(name) == sha256 and same.is_file() and sha256_file(same) == sha256:
            (folder / name).unlink()
            link_or_copy(same, folder / name)
