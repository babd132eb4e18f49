"""One writer at a time: the lock every run holds, in this process or in Dagster's.

The operating system releases the lock when its process dies, so a crash leaves nothing to
clean up. The file itself stays.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from doelenboom.errors import RunActiveError

LOCK_NAME = "run.lock"


@contextmanager
def only_writer(state_dir: Path) -> Iterator[None]:
    """Hold `state_dir/run.lock`; the thread that holds it may take it again.

    Raises RunActiveError at once when another run holds it.
    """
    path = state_dir / LOCK_NAME
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(path, timeout=0, is_singleton=True)
    try:
        lock.acquire()
    except Timeout:
        raise RunActiveError(f"another run holds {path}: wait until it has ended") from None
    try:
        yield
    finally:
        lock.release()
