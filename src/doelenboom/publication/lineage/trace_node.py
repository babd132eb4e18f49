"""One step of the way of a figure; a value, read by the command line."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class TraceNode:
    """One step of the way: what it is, where in it, and the steps it came from."""

    label: str
    detail: str
    children: tuple["TraceNode", ...] = ()

    def __str__(self) -> str:
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        yield f"{self.label}  {self.detail}".rstrip()
        for place, child in enumerate(self.children, start=1):
            branch, stem = ("└── ", "    ") if place == len(self.children) else ("├── ", "│   ")
            first, *others = child._lines()
            yield branch + first
            yield from (stem + line for line in others)
