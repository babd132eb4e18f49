"""Where a line of a document with pages stands: its page, and its number there.

Lines are counted over all pages; `1|49|97` says on which line each page begins.
"""

from bisect import bisect_right
from collections.abc import Sequence


def page_and_line(line: int, first_lines: Sequence[int]) -> tuple[int, int]:
    """Give the page that a line is on, and which line of that page it is, both from 1."""
    page = max(bisect_right(first_lines, line), 1)
    return page, line - first_lines[page - 1] + 1


def place_nl(line: int, first_lines: Sequence[int]) -> str:
    """Say in Dutch where a line stands: on a page, where the document has any."""
    if not first_lines:
        return f"regel {line}"
    page, number = page_and_line(line, first_lines)
    return f"bladzijde {page}, regel {number}"


def written(first_lines: Sequence[int]) -> str:
    """Write on which line each page begins."""
    return "|".join(map(str, first_lines))


def read(text: str | None) -> tuple[int, ...]:
    """Read on which line each page begins; none where the document has no pages."""
    return tuple(int(line) for line in text.split("|")) if text else ()
