"""Numbered lines: the one shape that text, HTML and PDF take before anything is read in them.

Also the issue, which is how every reader says what it could not settle. No rule about a figure.
"""

from dataclasses import dataclass, field

from doelenboom.codes import codes

LONGEST_ROW = 200
"""Letters of a line that may be a row or a head of a table."""

LONGEST_TABLE = 10_000
"""Rows of a table, read of markup or found in lines; a longer one is refused."""


@dataclass(frozen=True)
class Line:
    """One line of a chapter: its number in the file, its text, and its cells if it has any.

    `cells` come from markup, tabs or columns; `table` tells tables apart, 0 is none. The cells of a
    `stacked` line stand on lines of their own below it.
    """

    number: int
    text: str
    cells: tuple[str, ...] = ()
    table: int = 0
    stacked: bool = False


@dataclass(frozen=True)
class Issue:
    """What a person must look at: where, what is printed there, why, and what it may be.

    `kind` is a code of the list `issue_kind`; raises `ValueError` for another one.
    """

    line: int
    kind: str
    text: str
    problem: str
    candidates: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.kind not in codes("issue_kind"):
            raise ValueError(f"no kind of issue: {self.kind}")


@dataclass(frozen=True)
class Chapter:
    """A chapter as it was read: where from, its lines, and what was left out on the way.

    `pages` are the numbers of the lines on which the pages of a PDF begin.
    """

    name: str
    sha256: str
    line_count: int
    lines: tuple[Line, ...]
    issues: tuple[Issue, ...] = field(default=())
    pages: tuple[int, ...] = ()
