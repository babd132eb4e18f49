"""How a sheet is printed: A4, legible, each page saying what it is of.

Knows no table.
"""

from collections.abc import Sequence
from itertools import accumulate

from xlsxwriter.worksheet import Worksheet

from doelenboom.publication.export.workbook_words import PAGE

A4 = 9
"""Excel's number for this size of paper."""

MARGIN, EDGE = 0.4, 0.75
"""Inches at the sides, and at the top and bottom, where header and footer stand."""

WIDE = 145
"""Characters that fit on a page that is printed at its full size."""

SMALLEST = 60
"""Percent of the full size at which print can still be read: some six points and a half."""

MOST_REPEATED = 0.45
"""The part of a page that repeated columns may take."""

MOST_OF_HEADER = 200
"""Characters of a text in a header; Excel takes 255 of it all."""

ALL_CELLS = "A1:XFD1048576"


def lay_out(page: Worksheet, widths: Sequence[int], title: str, release: str) -> None:
    """Set the widths of columns, and A4 in its length with what each page says of itself.

    The footer has sheet, page and release. Codes as text are marked as no error.
    """
    for place, width in enumerate(widths):
        page.set_column(place, place, width)
    page.set_landscape()
    page.set_paper(A4)
    page.set_margins(MARGIN, MARGIN, EDGE, EDGE)
    if title:
        page.set_header(f"&L{title[:MOST_OF_HEADER].replace('&', '&&')}")
    page.set_footer(f"&L{PAGE[0]} &A&C{PAGE[1]} &P {PAGE[2]} &N&R{release}")
    page.ignore_errors({"number_stored_as_text": ALL_CELLS})


def fit_pages(page: Worksheet, widths: Sequence[int], keys: int = 0) -> None:
    """Print all columns on one page where they can be read so, else on more pages side by side.

    There the first columns stand on each page, `keys` of them or as many as leave room.
    """
    if sum(widths) <= WIDE * 100 // SMALLEST:
        page.fit_to_pages(1, 0)
        return
    page.set_print_scale(SMALLEST)
    page.print_across()
    room = WIDE * 100 / SMALLEST * MOST_REPEATED
    repeated = sum(taken <= room for taken in accumulate(widths[:keys]))
    if repeated:
        page.repeat_columns(0, repeated - 1)
