"""What is wrong with a file, where, and the one sentence that says so.

No rule lives here: only the shape of a problem and the words around it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from doelenboom.errors import RefusedError, in_one_line

_LONGEST_QUOTE = 60


@dataclass(frozen=True)
class PackageProblem:
    """One fault of a file: what was found there and what was expected, as parts of a sentence.

    `row` is the line in the file, counted from 1 (the header); None where the file as a whole
    is meant. `columns` are the columns at fault, none where the row as a whole is meant. `rule` is
    that of `rules` which was broken, for whoever says it in other words.
    """

    path: Path
    found: str
    expected: str
    row: int | None = None
    columns: tuple[str, ...] = ()
    rule: str = ""

    @property
    def sentence(self) -> str:
        """Say where the fault is, what was found and what was expected, without a full stop."""
        place = label(self.path)
        if self.row is not None:
            place += f", row {self.row}"
        if self.columns:
            names = in_one_line(", ".join(self.columns))  # a header may name one anything
            place += f", column{'s' * (len(self.columns) > 1)} {names}"
        return f"{place}: found {self.found}, expected {self.expected}"


def label(path: Path) -> str:
    """Name a file by its last two folders and its name, as in `seeds/accounts/forecasts.csv`."""
    return "/".join(path.absolute().parts[-3:])


def quote(value: str) -> str:
    """Show a value as it stands in a file, on one line and no longer than a glance."""
    return repr(value if len(value) <= _LONGEST_QUOTE else value[: _LONGEST_QUOTE - 1] + "…")


def refuse_any(problems: Sequence[PackageProblem]) -> None:
    """Raise `RefusedError` for the first problem, with the count of the others, if there is one."""
    if problems:
        others = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        raise RefusedError(f"{problems[0].sentence}{others}.")
