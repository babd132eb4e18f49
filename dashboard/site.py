"""The whole site of one release, written to a folder."""

import json
from pathlib import Path

from dashboard import (
    changes,
    compare,
    home,
    maps,
    municipality,
    position,
    programme,
    provenance,
    search,
    whole,
)
from dashboard.figures import day
from dashboard.folder import SiteFolder
from dashboard.marts import Marts
from dashboard.pages import Page, Pages
from doelenboom.publication.manifest import Release
from doelenboom.publication.reading.reader import reading
from doelenboom.storage.resources import DuckDBResources

PARTS = (
    *(home.pages, municipality.pages, position.pages, programme.pages, provenance.pages),
    *(whole.pages, compare.pages, maps.pages),
)
"""The kinds of pages, each made by one function of the marts and the templates."""


def make_site(
    release: Release, before: Release | None, folder: Path, resources: DuckDBResources
) -> None:
    """Write the site of a release to an empty folder: the same bytes for the same two releases.

    `before` is the one that readers saw before it. Raises `RefusedError` when the published file
    cannot be read, `ValueError` and `jinja2.UndefinedError` when it holds what no page can show.
    """
    site = SiteFolder(folder)
    site.copy_static()
    with reading(release.database, resources) as published:
        marts, pages = Marts(published), Pages()
        site.write([_edition(release)])
        for part in PARTS:
            site.write(part(marts, pages))
        site.write(search.pages(marts))
        site.write(changes.pages(marts, pages, release, before, resources))


def _edition(release: Release) -> Page:
    """Name the release in one file, so that a page can be the same file in two releases."""
    words = f"Uitgave {release.release_id}, gegevens van {day(release.run_date)}."
    script = f"document.querySelector('.edition').textContent = {json.dumps(words)};\n"
    return Page("static/edition.js", script)
