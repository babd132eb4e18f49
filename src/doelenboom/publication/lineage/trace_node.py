"""One step of the way of a figure; a value, read by the command line."""

from dataclasses import dataclass


@dataclass(frozen=True)
class TraceNode:
    """One step of the way: what it is, where in it, and the steps it came from."""

    label: str
    detail: str
    children: tuple["TraceNode", ...] = ()
