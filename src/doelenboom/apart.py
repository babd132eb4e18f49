"""What strangers sent, read in a process of its own with limits: whatever it does, it ends there.

What the work is, is for whoever gives it.
"""

import math
import pickle
import resource
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

from doelenboom.errors import RefusedError

SECONDS = 30
"""Of work that one file may take, however busy the machine is; those that we know take one."""

PATIENCE = 4
"""Times as long that is waited for it, where others have the machine or work is not counted."""

MEMORY = 2_000_000_000
"""Bytes that reading one file may use; those that we know take 50 MB."""

Answer = TypeVar("Answer")


def read_apart(
    work: Callable[..., Answer],
    *given: object,
    name: str,
    expected: str,
    seconds: float = SECONDS,
    memory: int = MEMORY,
) -> Answer:
    """Call a function of a module, in a process that ends after some seconds or bytes.

    What it takes and gives can be pickled. `name` is that of the file it reads, `expected` what
    the file should have been. Raises `RefusedError` where the work does or where it meets a
    limit, and `RuntimeError` where it breaks down.
    """
    too_long = f"{name}: found nothing within {seconds:g} seconds, expected {expected}."
    try:
        ended = subprocess.run(
            [sys.executable, "-m", "doelenboom.apart"],
            input=pickle.dumps((seconds, memory, name, pickle.dumps((work, given)))),
            capture_output=True,
            timeout=PATIENCE * seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise RefusedError(too_long) from error
    if ended.returncode == -signal.SIGXCPU:
        raise RefusedError(too_long)
    if ended.returncode < 0:
        raise RefusedError(f"{name}: reading it was ended by signal {-ended.returncode}.")
    if ended.returncode > 0:
        said = ended.stderr.decode("utf-8", "replace").strip()
        raise RuntimeError(said.rpartition("\n")[2])
    refusal, answer = pickle.loads(ended.stdout)
    if refusal:
        raise RefusedError(refusal)
    return answer  # type: ignore[no-any-return]


def _limit(seconds: float, memory: int) -> None:
    """Set the limits, which hold when nobody waits for this process any more, too."""
    cpu = math.ceil(seconds)
    with suppress(ValueError, OSError):  # a system that does not know them, or allows less
        resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu + 1))
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _answered(name: str, memory: int, asked: bytes) -> tuple[str, object]:
    """Do the work; the sentence of a refusal stands for what it gives."""
    try:
        work, given = pickle.loads(asked)
        return "", work(*given)
    except RefusedError as error:
        return str(error), None
    except MemoryError:
        return f"{name}: needs more than {memory // 1_000_000} MB of memory to be read.", None


def main() -> None:
    """Answer what is asked on standard input."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # whoever waits says what became of it
    seconds, memory, name, asked = pickle.load(sys.stdin.buffer)
    _limit(seconds, memory)
    sys.stdout.buffer.write(pickle.dumps(_answered(name, memory, asked)))


if __name__ == "__main__":
    main()
