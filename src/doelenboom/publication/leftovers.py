"""What a broken-off run left behind, removed before the next one works.

The caller holds the lock of the only writer: none of this belongs to a run under way. What DuckDB
spilled to disk it clears itself, and the candidate is begun anew where it is made.
"""

import shutil
from pathlib import Path

from doelenboom.publication.content import SCRATCH_PREFIX
from doelenboom.publication.files import refusing
from doelenboom.publication.history import complete_record
from doelenboom.publication.promotions import prepared_path
from doelenboom.publication.release import SEALING_NAME, promoting_path
from doelenboom.publication.retention import clear_retired


def clear_leftovers(published: Path, workspace: Path, spill_dir: Path) -> None:
    """Remove half-made releases, copies and records, and record an unrecorded promotion.

    Raises RefusedError naming what cannot be removed or written.
    """
    with refusing("What an earlier run left cannot be removed"):
        for path in (promoting_path(published), prepared_path(published.parent)):
            path.unlink(missing_ok=True)
        for folder in (workspace / SEALING_NAME, *spill_dir.glob(f"{SCRATCH_PREFIX}*")):
            if folder.exists():
                shutil.rmtree(folder)
    clear_retired(workspace)
    complete_record(published.parent)
