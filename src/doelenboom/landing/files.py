"""Single files as they were dropped: kept for good, by the hash of their bytes."""

import hashlib
import os
import stat
from pathlib import Path

from doelenboom.errors import RefusedError

READ_ONLY = 0o444
HASH_LENGTH = 16
DRAFT = ".new"
"""What a copy is called until it is whole: no part of its name, which may be as long as any."""


def land_file(file: Path, folder: Path, largest: int) -> Path:
    """Keep a copy of a file as `<folder>/<name>/<start of its SHA-256>/<name>`; return the copy.

    The same bytes are kept once, other bytes under the same name beside them. Raises RefusedError
    for what is no file of at most `largest` bytes, for one that is being written, and when the
    copy that is there was changed; OSError for what cannot be read or kept.
    """
    data = _bytes(file, largest)
    copy = folder / file.name / hashlib.sha256(data).hexdigest()[:HASH_LENGTH] / file.name
    if copy.is_file():
        if copy.read_bytes() != data:
            raise RefusedError(f"{copy} is not what its folder says: remove it")
        return copy
    copy.parent.mkdir(parents=True, exist_ok=True)
    new = copy.with_name(DRAFT)
    new.unlink(missing_ok=True)
    new.write_bytes(data)
    new.chmod(READ_ONLY)
    os.replace(new, copy)
    return copy


def _bytes(file: Path, largest: int) -> bytes:
    """Read a file whole, without waiting for whoever writes in a pipe that took its place."""
    descriptor = os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    with open(descriptor, "rb") as opened:
        before = os.fstat(descriptor)
        if not stat.S_ISREG(before.st_mode):
            raise RefusedError("found a pipe, socket or device, expected a file.")
        data = opened.read(largest + 1)
        after = os.fstat(descriptor)
    if len(data) > largest:
        raise RefusedError(f"found more than {largest} bytes.")
    if (before.st_size, before.st_mtime_ns) != (len(data), after.st_mtime_ns):
        raise RefusedError("found a file that was being written, expected a whole one.")
    return data
