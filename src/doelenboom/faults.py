"""Why something stopped, in one sentence: ours as it was written, a stranger put in our words.

Knows nothing of commands or steps; an error is judged by itself and by what caused it.
"""

import errno
import shutil
from collections.abc import Iterator
from pathlib import Path

from doelenboom.errors import LONGEST_SENTENCE, DoelenboomError, RefusedError, in_one_line

DISK_FULL = ("no space left on device", "database or disk is full")
"""How DuckDB, SQLite and the operating system say that nothing more fits."""

DISK_FAULT = "disk i/o error"
"""What SQLite says of a full disk too, so the free space decides."""

FULL_BELOW = 1 << 20
"""Bytes free below which a disk counts as full."""


def reason_of(error: BaseException, data_dir: Path) -> DoelenboomError:
    """Find the error of ours below what wrapped it, or put a stranger in one sentence.

    A full disk goes first, whoever met it; a folder or file that cannot be used is named with
    the variable that leads to it.
    """
    causes = list(_causes(error))
    if any(_is_full(cause, data_dir) for cause in causes):
        return RefusedError(f"no space left under {data_dir}")
    for cause in causes:
        if isinstance(cause, DoelenboomError):
            return cause
    return RefusedError(_in_our_words(causes[-1], data_dir))


def _causes(error: BaseException) -> Iterator[BaseException]:
    cause: BaseException | None = error
    while cause is not None:
        yield cause
        cause = cause.__cause__


def _is_full(error: BaseException, data_dir: Path) -> bool:
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        return True
    told = str(error).lower()
    if any(words in told for words in DISK_FULL):
        return True
    return DISK_FAULT in told and shutil.disk_usage(data_dir).free < FULL_BELOW


def _in_our_words(error: BaseException, data_dir: Path) -> str:
    if isinstance(error, OSError) and error.strerror and error.filename:
        path = Path(str(error.filename))
        sentence = f"{path} cannot be used: {error.strerror.lower()}"
        related = path.is_relative_to(data_dir) or data_dir.is_relative_to(path)
        return f"{sentence} (DOELENBOOM_DATA_DIR is {data_dir})" if related else sentence
    said = in_one_line(f"{type(error).__name__}: {error}", LONGEST_SENTENCE)
    return said.removesuffix(":")
