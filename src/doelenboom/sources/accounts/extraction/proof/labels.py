"""Whether figures behind the name of a fused row belong to that name: the chapter must show it."""

from collections.abc import Sequence

from doelenboom.sources.accounts.extraction.document.lines import Line
from doelenboom.sources.accounts.extraction.numbers.candidates import Reading
from doelenboom.sources.accounts.extraction.numbers.runs import number_run
from doelenboom.sources.accounts.extraction.tables.table import TableRow
from doelenboom.sources.accounts.extraction.words.texts import occurrences, squeezed

_MORE_FIGURE = tuple("0123456789.,+-")


def takes_figures(row: TableRow, possible: Sequence[Reading], lines: Sequence[Line]) -> bool:
    """Say whether a label takes figures of a fused row that no other line shows to be its own."""
    labels = {reading.label for reading in possible} if row.readings else set()
    if len(row.every) < 2 or len(labels) != 1:  # noqa: PLR2004
        return False
    label = labels.pop()
    if label == squeezed(number_run(row.text)[0]):
        return False
    return not any(_stands_alone(label, line.text) for line in lines if line.number != row.line)


def _stands_alone(label: str, text: str) -> bool:
    ends = (at + len(label) for at in occurrences(label, text))
    return any(text[end : end + 1] not in _MORE_FIGURE for end in ends)
