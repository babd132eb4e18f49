"""Where a server puts what does not fit in memory: a folder of its own, locked while it lives.

Knows nothing of queries or HTTP.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from doelenboom.storage.files import refusing

PREFIX = "serve-"
LOCK_NAME = "lock"
START_LOCK_NAME = "serve.lock"
START_SECONDS = 30
"""How long another server may take to make its folder; there is little to do."""


@contextmanager
def own_spill_folder(spill_dir: Path) -> Iterator[Path]:
    """Make a folder below `spill_dir`, removed at the end; remove those of servers that died.

    Raises `RefusedError` when it cannot be made.
    """
    with refusing(f"{spill_dir} cannot be used to spill to"):
        spill_dir.mkdir(parents=True, exist_ok=True)
        with FileLock(spill_dir / START_LOCK_NAME, timeout=START_SECONDS):
            for left in spill_dir.glob(f"{PREFIX}*/"):
                _remove_unless_held(left)
            folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=spill_dir))
            held = FileLock(folder / LOCK_NAME, thread_local=False)
            held.acquire()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        held.release()


def _remove_unless_held(folder: Path) -> None:
    """Remove a folder whose server has died; the system has released its lock then."""
    with suppress(Timeout, OSError), FileLock(folder / LOCK_NAME, timeout=0):  # else it is in use
        shutil.rmtree(folder, ignore_errors=True)


def bytes_in(folder: str) -> int:
    """Measure what the files of a folder take on disk; one that goes meanwhile takes nothing."""
    total = 0
    for name in os.listdir(folder):
        with suppress(FileNotFoundError):
            total += os.lstat(os.path.join(folder, name)).st_blocks * 512
    return total
