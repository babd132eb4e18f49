"""What a broken-off run left behind, removed before the next one works.

The caller holds the lock of the only writer: none of this belongs to a run under way. What DuckDB
spilled to disk it clears itself, and the candidate is begun anew where it is made.
"""

import shutil
from pathlib import Path

from doelenboom.publication.release.promote import promoting_path
from doelenboom.publication.release.record import complete_record, prepared_path
from doelenboom.publication.release.retention import clear_retired
from doelenboom.publication.release.seal import SEALING_NAME
from doelenboom.storage.files import refusing


def clear_leftovers(published: Path, workspace: Path) -> None:
    """Remove half-made releases, copies and records, and record an unrecorded promotion.

    Raises RefusedError naming what cannot be removed or written.
    """
    with refusing("What an earlier run left cannot be removed"):
        for path in (promoting_path(published), prepared_path(published.parent)):
            path.unlink(missing_ok=True)
        if (workspace / SEALING_NAME).exists():
            shutil.rmtree(workspace / SEALING_NAME)
    clear_retired(workspace)
    complete_record(published.parent)
