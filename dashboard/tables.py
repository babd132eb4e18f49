"""Tables to take along: rows of a page as CSV, with the names that the published file has."""

from collections.abc import Iterable, Sequence

from dashboard.marts import Row
from dashboard.pages import Page
from doelenboom.row_text import csv_line


def csv_page(path: str, columns: Sequence[str], rows: Iterable[Row]) -> Page:
    """Write columns of rows as a file: missing is empty, no text a formula to a spreadsheet."""
    lines = [csv_line([row[column] for column in columns]) for row in rows]
    return Page(path, "".join([csv_line(columns), *lines]))
