"""The folders of a run, made and found writable before anything else is done."""

import errno
import os

from doelenboom.settings import Settings


def prepare_folders(settings: Settings) -> None:
    """Make the folders that a run writes in, and the inbox, which it only reads.

    Raises OSError naming the first that cannot be made or written, before any database is opened;
    `published/` is made at the end of the first run only, and must be writable where it is.
    """
    made = (
        settings.data_dir,
        settings.state_dir,
        settings.log_dir,
        settings.dbt_target_dir,
        settings.effective_spill_dir,
        settings.warehouse.parent,
    )
    found = (path for path in (settings.published_dir, settings.releases_dir) if path.exists())
    for folder in (*made, *found):
        folder.mkdir(parents=True, exist_ok=True)
        if not os.access(folder, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(folder))
    settings.inbox_dir.mkdir(exist_ok=True)
