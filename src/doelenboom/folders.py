"""The folders of a run, made and found writable before anything else is done."""

import errno
import os
from pathlib import Path

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
    published = (settings.published_dir, settings.releases_dir)
    found = (path for path in published if os.path.lexists(path))
    for folder in (*made, *found):
        _make(folder)
        if not os.access(folder, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(folder))
    _make(settings.inbox_dir)


def _make(folder: Path) -> None:
    """Make a folder. Raises NotADirectoryError where a file is, or a link to nothing."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder)) from error
