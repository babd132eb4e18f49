"""Single files as they were dropped: kept for good, by the hash of their bytes."""

import hashlib
import os
from pathlib import Path

from doelenboom.errors import RefusedError

READ_ONLY = 0o444
HASH_LENGTH = 16


def land_file(file: Path, folder: Path) -> Path:
    """Keep a copy of a file as `<folder>/<name>/<start of its SHA-256>/<name>`; return the copy.

    The same bytes are kept once, other bytes under the same name beside them. Raises RefusedError
    when the copy that is there was changed.
    """
    data = file.read_bytes()
    copy = folder / file.name / hashlib.sha256(data).hexdigest()[:HASH_LENGTH] / file.name
    if copy.is_file():
        if copy.read_bytes() != data:
            raise RefusedError(f"{copy} is not what its folder says: remove it")
        return copy
    copy.parent.mkdir(parents=True, exist_ok=True)
    new = copy.with_name(f"{copy.name}.new")
    new.write_bytes(data)
    new.chmod(READ_ONLY)
    os.replace(new, copy)
    return copy
