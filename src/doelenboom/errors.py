"""Errors that end a command: one sentence for the reader, one exit code for the caller."""

from collections.abc import Collection
from difflib import get_close_matches

MOST_COMPARED = 100
"""Characters of a name that are compared: whoever asks may give any number of them."""


MOST_TOLD = 300
"""Characters of a text from outside that are told, unless there is a reason for more."""

LONGEST_SENTENCE = 1_500
"""Characters of a sentence that holds such texts: a URL with its filter, and what was said."""


def in_one_line(text: str, most: int = MOST_TOLD) -> str:
    """Make a text from outside fit to be printed, logged or shown: one line, cut, all of it seen.

    What is no printable character (controls, marks that turn the direction) is a space.
    """
    seen = "".join(letter if letter.isprintable() else " " for letter in text[: most * 4])
    line = " ".join(seen.split())
    return line if len(line) <= most else f"{line[: most - 1]}…"


class DoelenboomError(Exception):
    """A refusal in one sentence that names the file, row, column or URL it is about.

    The message is what the command line prints; `exit_code` is what it exits with.
    """

    exit_code = 1


class RefusedError(DoelenboomError):
    """Input was refused or a step failed; published data is untouched (exit code 1)."""


class NoRowError(RefusedError):
    """A key that was asked for singles out no row (exit code 1)."""


class ValidationBlockedError(DoelenboomError):
    """An expectation on the candidate failed, so nothing was published (exit code 3)."""

    exit_code = 3


class RunActiveError(DoelenboomError):
    """Another run holds the warehouse (exit code 4)."""

    exit_code = 4


def nearest_names(name: str, known: Collection[str]) -> list[str]:
    """Return up to three names that are spelled most like a name that is not there."""
    return get_close_matches(name[:MOST_COMPARED], known, n=3, cutoff=0.5)


def nearest(name: str, known: Collection[str]) -> str:
    """Name those that are spelled most like a name that is not there, to end a sentence with."""
    near = nearest_names(name, known)
    return f"; the nearest: {', '.join(near)}" if near else ""
