"""What a broken-off run left behind, removed before the next one works.

The caller holds the lock of the only writer: none of this belongs to a run under way. What DuckDB
spilled to disk it clears itself, and the candidate is begun anew where it is made.
"""

import shutil
from pathlib import Path

from doelenboom.publication.manifest import SITE_NAME
from doelenboom.publication.reading.releases import RELEASES_NAME, current_release
from doelenboom.publication.release.following import PARQUET_NAME, announcing_path, follow
from doelenboom.publication.release.promote import promoting_path
from doelenboom.publication.release.record import complete_record, prepared_path
from doelenboom.publication.release.retention import clear_retired
from doelenboom.publication.release.seal import SEALING_NAME
from doelenboom.publication.release.site import clear_making, has_site, show_site
from doelenboom.storage.files import refusing, waiting_link


def clear_leftovers(published: Path, workspace: Path) -> None:
    """Remove half-made releases, sites, copies and records, and finish a promotion.

    That is put on record, what stands beside the published file follows it, and its site is shown.
    Raises RefusedError naming what cannot be removed or written.
    """
    with refusing("What an earlier run left cannot be removed"):
        folder = published.parent
        for path in (
            *(promoting_path(published), prepared_path(folder), announcing_path(folder)),
            *(waiting_link(folder / name) for name in (SITE_NAME, PARQUET_NAME)),
        ):
            path.unlink(missing_ok=True)
        clear_making(workspace)
        if (workspace / SEALING_NAME).exists():
            shutil.rmtree(workspace / SEALING_NAME)
    clear_retired(workspace)
    complete_record(published.parent)
    follow(published.parent)
    current = current_release(published, published.parent / RELEASES_NAME)
    if current is not None and has_site(current):
        show_site(current, published.parent)
