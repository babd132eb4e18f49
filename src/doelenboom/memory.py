"""How much memory there is for this process: what its cgroup allows, or all of the machine."""

import os
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

CGROUPS = Path("/sys/fs/cgroup")
OWN_CGROUPS = Path("/proc/self/cgroup")
LIMIT_NAME = "memory.max"


def memory_of_machine(cgroups: Path = CGROUPS, own: Path = OWN_CGROUPS) -> int:
    """Say it in bytes: the least of what the machine has and its cgroups (version 2) allow."""
    machine = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return min([machine, *_limits(cgroups, own)])


def _limits(cgroups: Path, own: Path) -> Iterator[int]:
    """Give the limits of the cgroup that this process is in and of those above it."""
    lines = own.read_text(encoding="utf-8").splitlines() if own.is_file() else []
    for line in lines:
        number, _, path = line.split(":", 2)
        place = PurePosixPath(path.lstrip("/"))
        for folder in (place, *place.parents) if number == "0" else ():
            file = cgroups / folder / LIMIT_NAME
            text = file.read_text(encoding="ascii").strip() if file.is_file() else ""
            if text.isdecimal():  # "max" is no limit
                yield int(text)
